"""In which ways a shop can be broken, and what each question of `probes.yaml` then finds.

A name is that of the question, and what is wrong.
"""

from collections.abc import Callable

from tests.probes import name_server
from tests.probes.launch.shop import NAME, TABLES, VALUE, Shop, instant
from tests.probes.ports import closed_port

Break = Callable[[Shop], object]
FAILED, MISMATCH = ("failed", "condition-false"), ("failed", "status-mismatch")
UNTRUSTED = ("error", "tls-certificate-invalid")
BREAKS: dict[str, tuple[Break, tuple[str, str]]] = {
    "home: 500": (lambda shop: shop.says("GET /", status="500 Oops"), MISMATCH),
    "home: no answer": (
        lambda shop: shop.answers.update({"GET /": b""}),
        ("error", "connection-closed"),
    ),
    "home: certificate has ended": (
        lambda shop: setattr(shop, "certificate", shop.certified(days=-1)),
        UNTRUSTED,
    ),
    "health: 500": (lambda shop: shop.says("GET /health", status="500 Oops"), MISMATCH),
    "readiness: 500": (lambda shop: shop.says("GET /ready", status="500 Oops"), MISMATCH),
    "version: the old one": (lambda shop: shop.tells(version="1.9.7"), FAILED),
    "version: what it needs is down": (
        lambda shop: shop.tells(checks={"database": "down"}),
        FAILED,
    ),
    "version: degraded": (lambda shop: shop.tells(degraded=["mail"]), FAILED),
    "version: no such field": (lambda shop: shop.tells(checks={}), FAILED),
    "version: no JSON": (lambda shop: shop.says("GET /version", b"<html>2.4</html>"), FAILED),
    "redirect: none": (lambda shop: shop.says("plain GET /", b"welcome"), MISMATCH),
    "redirect: not for good": (
        lambda shop: shop.says("plain GET /", b"", "Location: https://x.example/", status="302 F"),
        MISMATCH,
    ),
    "redirect: not to HTTPS": (
        lambda shop: shop.says("plain GET /", b"", "Location: http://x.example/", status="301 M"),
        FAILED,
    ),
    "hsts: missing": (lambda shop: shop.says("GET /", b"welcome"), FAILED),
    "hsts: to be forgotten": (
        lambda shop: shop.says("GET /", b"", "Strict-Transport-Security: max-age=0"),
        FAILED,
    ),
    "cors: everybody": (
        lambda shop: shop.says("OPTIONS /api/orders", b"", "Access-Control-Allow-Origin: *"),
        FAILED,
    ),
    "cors: whoever asks": (
        lambda shop: shop.says(
            *("OPTIONS /api/orders", b""),
            "Access-Control-Allow-Origin: https://elsewhere.example",
        ),
        FAILED,
    ),
    "cors: 500": (lambda shop: shop.says("OPTIONS /api/orders", status="500 Oops"), MISMATCH),
    "locked: open": (lambda shop: shop.says("GET /api/orders", b"[]"), MISMATCH),
    "locked: orders all the same": (
        lambda shop: shop.says("GET /api/orders", b'{"orders": [1]}', status="401 Unauthorized"),
        FAILED,
    ),
    "private-bucket: listed": (lambda shop: shop.says("GET /backups/", b"<Contents/>"), MISMATCH),
    "dns: the old address": (
        lambda shop: setattr(shop, "records", name_server.holding(f"{NAME}. A 192.0.2.9")),
        FAILED,
    ),
    "dns: the old address, too": (
        lambda shop: setattr(
            shop,
            "records",
            name_server.holding(f"{NAME}. A 192.0.2.10", f"{NAME}. A 192.0.2.9"),
        ),
        FAILED,
    ),
    "dns: no such name": (
        lambda shop: setattr(shop, "records", name_server.holding(rcode="NXDOMAIN")),
        FAILED,
    ),
    "dns: refused": (
        lambda shop: setattr(shop, "records", name_server.holding(rcode="REFUSED")),
        ("failed", "condition-false"),
    ),
    "open-port: closed": (lambda shop: shop.closes_pooler(), FAILED),
    "certificate: ends soon": (
        lambda shop: setattr(shop, "certificate", shop.certified(days=29.9)),
        FAILED,
    ),
    "certificate: has ended": (
        lambda shop: setattr(shop, "certificate", shop.certified(days=-1)),
        FAILED,
    ),
    "certificate: of another": (
        lambda shop: setattr(shop, "certificate", shop.certified("x.example", days=60)),
        UNTRUSTED,
    ),
    "binary: missing": (lambda shop: (shop.folder / "bin" / "pg_dump").unlink(), FAILED),
    "script: missing": (lambda shop: (shop.folder / "backup.sh").unlink(), FAILED),
    "script: for everybody": (lambda shop: (shop.folder / "backup.sh").chmod(0o777), FAILED),
    "migrations: pending": (lambda shop: shop.prints("migrate.sh", "10 pending"), FAILED),
    "migrations: fails": (
        lambda shop: shop.prints("migrate.sh", "0 pending", 3),
        FAILED,
    ),
    "migrations: missing": (
        lambda shop: (shop.folder / "migrate.sh").unlink(),
        ("error", "command-not-found"),
    ),
    "env-file: not set": (lambda shop: shop.file("app.env", "# nothing\n"), FAILED),
    "env-file: of another shape": (
        lambda shop: shop.file("app.env", f"DATABASE_URL=sqlite:/{VALUE}\n"),
        FAILED,
    ),
    "env-file: no file": (
        lambda shop: (shop.folder / "app.env").unlink(),
        ("error", "source-unreadable"),
    ),
    "env-printed: for tests": (
        lambda shop: shop.prints("print-env.sh", f"PAYMENT_KEY=test_{VALUE}"),
        FAILED,
    ),
    "env-printed: unreachable": (
        lambda shop: shop.prints("print-env.sh", f"PAYMENT_KEY=live_{VALUE}", 255),
        ("error", "source-unreadable"),
    ),
    "row-security: off for one": (
        lambda shop: shop.changes(
            f"ALTER TABLE {TABLES[-1]} DISABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {TABLES[-1]} ENABLE ROW LEVEL SECURITY",
        ),
        FAILED,
    ),
    "row-security: nobody answers": (
        lambda shop: shop.variables.update(database=f"postgresql://r@127.0.0.1:{closed_port()}/x"),
        ("error", "connection-refused"),
    ),
    "table: missing": (
        lambda shop: shop.changes(
            "ALTER TABLE invoices RENAME TO bills", "ALTER TABLE bills RENAME TO invoices"
        ),
        FAILED,
    ),
    "index: not finished": (
        lambda shop: shop.changes(
            "UPDATE pg_index SET indisvalid = false"
            " WHERE indexrelid = 'orders_by_customer'::regclass",
            "UPDATE pg_index SET indisvalid = true"
            " WHERE indexrelid = 'orders_by_customer'::regclass",
        ),
        FAILED,
    ),
    "index: missing": (
        lambda shop: shop.changes(
            "DROP INDEX orders_by_customer", "CREATE INDEX orders_by_customer ON orders (customer)"
        ),
        # No row has no value.
        ("inconclusive", "no-data"),
    ),
    "function: missing": (
        lambda shop: shop.changes(
            "ALTER FUNCTION stamp_order RENAME TO stamp",
            "ALTER FUNCTION stamp RENAME TO stamp_order",
        ),
        FAILED,
    ),
    "trigger: off": (
        lambda shop: shop.changes(
            "ALTER TABLE orders DISABLE TRIGGER stamp", "ALTER TABLE orders ENABLE TRIGGER stamp"
        ),
        FAILED,
    ),
    "error-rate: too high": (
        lambda shop: shop.figures.update(http_requests_total=instant("0.02")),
        FAILED,
    ),
    "error-rate: nothing counted": (
        lambda shop: shop.figures.update(http_requests_total=instant("NaN")),
        ("inconclusive", "no-data"),
    ),
    "p95: too slow": (
        lambda shop: shop.figures.update(histogram_quantile=instant("0.8")),
        FAILED,
    ),
    "p95: of each server": (
        lambda shop: shop.figures.update(histogram_quantile=instant("0.2", "0.1")),
        ("error", "result-ambiguous"),
    ),
    "uptime: too low": (lambda shop: shop.figures.update(avg_over_time=instant("0.99")), FAILED),
    "uptime: no series": (
        lambda shop: shop.figures.update(avg_over_time=instant()),
        ("inconclusive", "no-data"),
    ),
}


def breaks_everything(shop: Shop) -> None:
    """Break something for every question."""
    first = {name.partition(":")[0]: break_ for name, (break_, _) in reversed(BREAKS.items())}
    # Two questions may look at the same: it is left as the first one does not want it.
    for break_ in first.values():
        break_(shop)
