from tests.probes.postgres import postgres, shop
from tests.process.conftest import env, mark

# Fixtures that say the same of every process: marked, and none of them left behind.
__all__ = ["env", "mark", "postgres", "shop"]
