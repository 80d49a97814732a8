"""The kit for whoever writes a plugin: scenes on a real book, cases for single rules, and suites that every plugin passes.

def test_a_crowd_at_home_is_refused():
    scene = given(guong_chuyen_doi_so).discovered(kind="household")
    scene.when("supported", nguoi=60, noi="nha").then_refused("chuyen-doi-so.crowd")

class TestField(FieldContract):
    plugin = guong_chuyen_doi_so
"""

from __future__ import annotations

from guong.testing.cases import case, said
from guong.testing.contract import FieldContract, PlanContract, PluginContract
from guong.testing.given import Given, Outcome, Scene, given

__all__ = ["FieldContract", "Given", "Outcome", "PlanContract", "PluginContract", "Scene", "case", "given", "said"]
