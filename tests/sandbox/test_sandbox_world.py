"""The made-up organizations: one seed and day, one world, and who sees how much of it."""

from datetime import date
from uuid import UUID

from tests.helpers.sandbox_caller import Caller
from tests.helpers.sandbox_process import SandboxProcess

TODAY = date(2015, 3, 31)


def test_the_same_seed_and_day_give_the_same_world(world):
    with SandboxProcess("--today", TODAY.isoformat(), "--organizations", "400") as again:
        assert again.control("GET", "users").content == world.control("GET", "users").content
        assert again.organizations() == world.organizations()
        first, second = Caller(world, "ben"), Caller(again, "ben")
        for org in world.organizations():
            answers = first.customer(org["org_id"]), second.customer(org["org_id"])
            assert answers[0].status_code == answers[1].status_code
            assert answers[0].content == answers[1].content


def test_session_tokens_follow_from_the_seed():
    with SandboxProcess("--seed", "3") as first, SandboxProcess("--seed", "3") as second:
        assert first.sign_in("ana") == second.sign_in("ana")


def test_another_seed_gives_another_world(world):
    with SandboxProcess("--seed", "2") as other:
        assert other.api_key != world.api_key
        assert other.users()["ana"] != world.users()["ana"]
        ids = {org["org_id"] for org in world.organizations()}
        assert ids.isdisjoint(org["org_id"] for org in other.organizations())


def test_org_ids_are_lower_case_uuids(world):
    for org in world.organizations():
        assert str(UUID(org["org_id"])) == org["org_id"]


def test_there_are_as_many_organizations_as_asked_for_and_bingo_is_the_first(world):
    organizations = world.organizations()

    assert len(organizations) == 400
    assert organizations[0]["name"] == "Bingo"


def test_ana_sees_most_ben_about_half_and_carla_nothing(world):
    def seen_by(username: str) -> set[str]:
        caller = Caller(world, username)
        ids = [org["org_id"] for org in world.organizations()]
        return {org_id for org_id in ids if caller.customer(org_id).status_code != 403}

    ana, ben, carla = seen_by("ana"), seen_by("ben"), seen_by("carla")

    assert 0.85 < len(ana) / 400 < 0.95
    assert 0.4 < len(ben) / 400 < 0.6
    assert ana & ben
    assert ben - ana
    assert not carla
