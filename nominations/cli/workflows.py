"""Commands for the award forms' flows: what is published, whether it is sound, how it looks, what would change."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from nominations.cli.answers import OPERATOR, refusals
from nominations.extensions import current_clock, db_session
from nominations.queries.flow_versions import FlowVersion, flow_content, flow_versions
from nominations.services.flows import Plan, plan, publish
from nominations.services.migrating import migrate, migration
from workflows.diagrams import mermaid
from workflows.flows import BrokenFlowError, FlowKey, flow_keys, read

group = AppGroup("workflows", help="The award forms' flows: versions, proofs, diagrams, publishing.")


@group.command("list")
@click.option("--all", "everything", is_flag=True, help="Also the versions that are no longer in force.")
def list_versions(*, everything: bool) -> None:
    """List the published versions with the files pinned to each."""
    for version in flow_versions(db_session()):
        if version.active or everything:
            in_force = "in force" if version.active else "replaced"
            click.echo(f"{_name(version):<28} {version.sha256[:12]}  {in_force}, {version.files} files")


@group.command()
def check() -> None:
    """Prove every published version and what this code would publish; ends with 1 where a proof fails."""
    broken = 0
    versions = flow_versions(db_session())
    for version in versions:
        broken += _findings(_name(version), flow_content(db_session(), version.id) or b"")
    planned = [_planned(key) for key in flow_keys()]
    broken += planned.count(None)
    changed = sum(one.changed for one in planned if one is not None)
    click.echo(f"{len(versions)} published versions read and proved, {broken} broken; {changed} flows would change.")
    if broken:
        raise click.exceptions.Exit(1)


@group.command()
@click.argument("form")
@click.argument("rule_set")
@click.argument("tiers", type=int)
@click.option("--lang", type=click.Choice(("vi", "en")), default="vi", show_default=True)
@click.option("--parked", is_flag=True, help="Also the returned and held states.")
def diagram(form: str, rule_set: str, tiers: int, lang: str, *, parked: bool) -> None:
    """Draw the flow in force for FORM, RULE_SET and TIERS (such as BK-TINH R2 3) as a Mermaid diagram."""
    wanted = FlowKey(form, rule_set, tiers)
    active = (one for one in flow_versions(db_session()) if one.active)
    found = next((one for one in active if FlowKey(one.form, one.rule_set, one.tiers) == wanted), None)
    if found is None:
        raise click.ClickException(f"No flow {form} {rule_set} {tiers} is published.")
    click.echo(mermaid(read(flow_content(db_session(), found.id) or b""), lang, parked=parked), nl=False)


@group.command("publish")
@click.option("--yes", is_flag=True, help="Do it; without this it is only said what would be published.")
def publish_changed(*, yes: bool) -> None:
    """Publish a new version of every flow whose structure this code changes; files stay pinned to theirs.

    Papers and deadlines stay as an administrator has set them.
    """
    planned = [_planned(key) for key in flow_keys()]
    if None in planned:
        raise click.ClickException("a flow is broken; nothing was published.")
    changed = [one for one in planned if one is not None and one.changed]
    for one in changed:
        click.echo(f"  {one.key.form} {one.key.rule_set} {one.key.tiers}: version {one.number} {one.sha256[:12]}")
        if yes:
            publish(db_session(), current_clock(), OPERATOR, one.key)
    click.echo(f"{len(changed)} flows {'published' if yes else 'would be published; nothing was changed'}.")


@group.command("migrate")
@click.argument("form")
@click.argument("rule_set")
@click.argument("tiers", type=int)
@click.option("--yes", is_flag=True, help="Do it; without this it is only said what would move.")
def migrate_running(form: str, rule_set: str, tiers: int, *, yes: bool) -> None:
    """Move running files of FORM, RULE_SET and TIERS (such as BK-TINH R2 3) to the version in force.

    A file that would break there stays on the version it has, and is named with the reason.
    """
    key = FlowKey(form, rule_set, tiers)
    with refusals():
        if yes:
            found = migrate(db_session(), current_clock(), OPERATOR, key)
        else:
            found = migration(db_session(), current_clock().today(), key)
    for file in found.files:
        against = "; ".join(f"{one.kind} {one.what}" for one in file.breaks)
        click.echo(f"  {file.code} {file.state}: {f'stays: {against}' if against else 'moves'}")
    verb = "moved" if yes else "would move; nothing was changed:"
    click.echo(f"{found.going} files {verb} to version {found.to_number}, {len(found.files) - found.going} stay.")


def _planned(key: FlowKey) -> Plan | None:
    try:
        return plan(db_session(), key)
    except BrokenFlowError as error:
        click.echo(f"{error}", err=True)
        return None


def _findings(name: str, content: bytes) -> int:
    """1 where stored bytes fail a proof, which is said."""
    try:
        read(content)
    except BrokenFlowError as error:
        click.echo(f"{name}: {' '.join(error.findings)}", err=True)
        return 1
    return 0


def _name(version: FlowVersion) -> str:
    return f"{version.form} {version.rule_set} {version.tiers} v{version.number}"
