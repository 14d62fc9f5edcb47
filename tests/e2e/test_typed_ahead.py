"""Keys that arrive in one burst, as over a link that stalls: each acts where it was meant to."""

from tests.e2e.site import Site


def test_what_is_typed_after_the_filter_key_goes_into_the_filter(site: Site) -> None:
    """A blank in it ticks nothing, an s signs nothing."""
    launch = site.opened(site.document())
    console = site.attach(launch)
    console.settle()
    console.type("/ restored once")
    console.sees("restored once")
    console.sees("1 found in all phases")
    assert not site.events(launch, "item.resulted")


def test_what_is_typed_after_a_cards_key_goes_onto_the_card(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch)
    console.settle()
    console.type("eall quiet\r")
    console.sees("noted on pooler: all quiet")
    (noted,) = site.events(launch, "item.noted")
    assert noted.body["text"] == "all quiet"
    assert not site.events(launch, "item.resulted")


def test_what_is_typed_after_a_tab_goes_into_the_next_field(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.terminal("attach", "--launch", launch)
    console.sees("Who are you?")
    console.settle()
    console.type("ab\tAda Brown\tdba\r")
    console.sees("AB", "joined from a console")
    (joined,) = site.events(launch, "seat.joined")
    assert (joined.actor["initials"], joined.actor["name"]) == ("AB", "Ada Brown")
    assert joined.actor["role"] == "dba"
