"""The stack's template and the code that runs in it name the same things. Its own rules are cfn-lint's to check."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill import log
from skill.app import MEMORY, OFFERS, SKILL_ID, offers_in
from skill.memory.choose import choose
from skill.memory.record import FIELDS
from workshop.bundle.ask_project import ask_resources

TEMPLATE = Path(__file__).parents[2] / "lambda" / "template.yaml"
FILLED_IN = {"SkillId", "LambdaRuntime", "LambdaHandler", "CodeBucket", "CodeKey", "CodeVersion"}
"""Parameters that the ASK CLI's cfn-deployer gives to any template, and no user may."""


class _Loader(yaml.SafeLoader):
    """Reads `!Ref Logs` as {"!Ref": "Logs"}."""


def _tagged(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        return {tag: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {tag: loader.construct_sequence(node, deep=True)}
    raise AssertionError(f"expected a text or a list after {tag}")


_Loader.add_multi_constructor("!", lambda loader, suffix, node: _tagged(loader, f"!{suffix}", node))


@pytest.fixture(scope="module")
def template() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(TEMPLATE.read_text(encoding="utf-8"), Loader=_Loader)
    return loaded


def resources(template: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [own["Properties"] for own in template["Resources"].values() if own["Type"] == kind]


def test_alarms_watch_what_the_log_counts(template: dict[str, Any]) -> None:
    counted = {name for count in log._METRICS.values() for name in count({"ms": 1, "cold": False})}
    ours = [own for own in resources(template, "AWS::CloudWatch::Alarm") if own["Namespace"] == log.NAMESPACE]
    assert {own["MetricName"] for own in ours} <= counted
    assert {"Failures", "Rejected", "StoreFailures"} <= {own["MetricName"] for own in ours}
    theirs = {own["MetricName"] for own in resources(template, "AWS::CloudWatch::Alarm")}
    assert {"Errors", "Throttles", "Duration"} <= theirs
    body = json.loads(template["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["!Sub"])
    drawn = {
        metric[1]
        for widget in body["widgets"]
        for metric in widget["properties"].get("metrics", ())
        if metric[0] == log.NAMESPACE
    }
    assert drawn <= counted


def test_the_environment_is_the_one_that_is_read(template: dict[str, Any]) -> None:
    [function] = resources(template, "AWS::Serverless::Function")
    variables = function["Environment"]["Variables"]
    assert set(variables) == {SKILL_ID, MEMORY, OFFERS}
    [_, with_table, without] = variables[MEMORY]["!If"]
    assert choose(with_table["!Sub"].replace("${Places}", "a-table")) is not None
    assert choose(without) is None
    assert function["Timeout"] == 8
    assert function["Architectures"] == ["arm64"]


def test_only_alexa_and_only_for_this_skill(template: dict[str, Any]) -> None:
    [function] = resources(template, "AWS::Serverless::Function")
    assert list(function["Events"].values()) == [{"Type": "AlexaSkill", "Properties": {"SkillId": {"!Ref": "SkillId"}}}]


def test_the_table_is_the_stores(template: dict[str, Any]) -> None:
    [table] = resources(template, "AWS::DynamoDB::Table")
    assert table["KeySchema"] == [{"AttributeName": "id", "KeyType": "HASH"}]
    assert table["TimeToLiveSpecification"]["AttributeName"] in FIELDS
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_the_role_may_do_nothing_at_large(template: dict[str, Any]) -> None:
    [role] = resources(template, "AWS::IAM::Role")
    text = json.dumps(role)
    assert "*" not in text
    assert "ManagedPolicyArns" not in role


def test_parameters_are_described_and_the_cli_knows_them(template: dict[str, Any]) -> None:
    parameters = template["Parameters"]
    assert all(own.get("Description") for own in parameters.values())
    assert set(parameters) >= FILLED_IN
    assert "SkillEndpoint" in template["Outputs"]
    made = ask_resources("3.13")
    given = made["profiles"]["default"]["skillInfrastructure"]["userConfig"]["cfn"]["parameters"]
    assert set(given) == set(parameters) - FILLED_IN
    for name, value in given.items():
        allowed = parameters[name].get("AllowedValues")
        assert allowed is None or value in map(str, allowed)


def test_what_the_document_asks_the_stack_for_is_one_of_its_outputs(template: dict[str, Any]) -> None:
    asked = set(re.findall(r"\$\(output (\w+)\)", (TEMPLATE.parents[1] / "docs" / "deploy.md").read_text("utf-8")))
    assert asked == {"FunctionName", "LogGroup"}
    assert asked <= set(template["Outputs"])
    assert template["Outputs"]["FunctionName"]["Value"] == {"!Ref": "Function"}


def test_nothing_in_it_is_secret(template: dict[str, Any]) -> None:
    assert not [name for name, own in template["Parameters"].items() if own.get("NoEcho")]
    assert "AKIA" not in TEMPLATE.read_text(encoding="utf-8")


def test_the_commands_of_the_document_give_every_parameter_that_has_no_default(template: dict[str, Any]) -> None:
    text = (TEMPLATE.parents[1] / "docs" / "deploy.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"--parameter-overrides(?:.*\\\n)*.*", text)
    typed = dict(own.split("=", 1) for own in re.findall(r"[A-Z]\w+=\S*", command))
    parameters = template["Parameters"]
    assert not set(typed) - set(parameters)
    assert {name for name, own in parameters.items() if "Default" not in own} <= set(typed)
    for name, value in typed.items():
        allowed = [str(own) for own in parameters[name].get("AllowedValues", [])]
        assert value.startswith('"$') or not allowed or value in allowed
    assert re.fullmatch(parameters["SkillId"]["AllowedPattern"], re.findall(r"^SKILL=(\S+)$", text, re.MULTILINE)[0])


def test_both_choices_about_routines_are_ones_that_the_code_knows(template: dict[str, Any]) -> None:
    (function,) = resources(template, "AWS::Serverless::Function")
    assert function["Environment"]["Variables"][OFFERS] == {"!Ref": "OfferRoutines"}
    assert {offers_in({OFFERS: own}) for own in template["Parameters"]["OfferRoutines"]["AllowedValues"]} == {
        True,
        False,
    }
