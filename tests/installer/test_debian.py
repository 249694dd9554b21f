from installer import debian

POLICY = """\
libvlc5:
  Installed: 3.0.24-0+deb12u1
  Candidate: 3.0.24-0+deb12u1
  Version table:
 *** 3.0.24-0+deb12u1 500
libglib2.0-0t64:
  Installed: (none)
  Candidate: (none)
  Version table:
libglib2.0-0:
  Installed: (none)
  Candidate: 2.74.6-2
"""


def test_installed_takes_only_what_is_really_there() -> None:
    lines = "libvlc5 ii \nxvfb rc \nffmpeg un \nlibgl1 ii \n"
    assert debian.parse_installed(lines) == {"libvlc5", "libgl1"}


def test_a_group_is_there_when_one_of_its_names_is() -> None:
    assert debian.missing_of(["a|b", "c"], {"b"}) == ["c"]


def test_policy_knows_what_has_a_candidate() -> None:
    assert debian.parse_policy(POLICY) == {"libvlc5", "libglib2.0-0"}


def test_choose_takes_the_first_known_name_and_reports_the_rest() -> None:
    names, unknown = debian.choose(["new|old", "x", "both|second"], {"old", "both", "second"})
    assert names == ["old", "both"]
    assert unknown == ["x"]


def test_the_tests_need_all_that_running_needs() -> None:
    assert set(debian.packages(test=False)) < set(debian.packages(test=True))
    assert any(name.endswith("-venv") for name in debian.packages(test=False, needs_venv=True))
