"""What an installation is made of fits the bot: names, paths, ports. No engine is needed to see that."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.incoming.door import LARGEST
from bot.incoming.webhook import PATH
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
SERVICE = ROOT / "deploy" / "microcredit.service"
BOTS = ("bot-1", "bot-2")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def text(name: str) -> str:
    return (ROOT / "deploy" / name).read_text(encoding="utf-8")


def test_every_variable_of_the_bots_is_a_setting_and_is_explained(compose: dict[str, Any]) -> None:
    settings = {name.upper() for name in Settings.model_fields}
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    for bot in BOTS:
        assert set(compose["services"][bot]["environment"]) <= settings
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    assert asked <= explained


def test_what_compose_sets_are_settings_that_hold(
    compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    given = {
        "TELEGRAM_BOT_TOKEN": "1:token",
        "CONTACT_KEY": "key",
        "POSTGRES_PASSWORD": "0123abcd",
        "WEBHOOK_URL": "https://bot.exemple.fr",
    }
    for name, value in compose["services"]["bot-1"]["environment"].items():
        filled = re.sub(r"\$\{([A-Z_]+):\?[^}]*\}", lambda found: given[found[1]], str(value))
        monkeypatch.setenv(name, filled)
    settings = Settings()  # type: ignore[call-arg]  # read from the environment
    assert settings.webhook_listen == ("0.0.0.0", 8080)
    assert settings.database_url.endswith("@database/microcredit")


def test_no_secret_has_a_default(compose: dict[str, Any]) -> None:
    secrets = ("TELEGRAM_BOT_TOKEN", "CONTACT_KEY", "POSTGRES_PASSWORD")
    for service in compose["services"].values():
        for name, value in (service.get("environment") or {}).items():
            if name in secrets:
                assert re.fullmatch(rf"\$\{{{name}:\?[^}}]+\}}", value)


def test_every_image_is_of_a_known_version(compose: dict[str, Any]) -> None:
    images = [service["image"] for service in compose["services"].values() if "build" not in service]
    images += re.findall(r"^FROM (\S+)", text("Dockerfile"), re.MULTILINE)
    assert len(images) == 4
    for image in images:
        assert re.search(r":\d+\.\d+(\.\d+)?-", image), image


def test_a_backup_is_made_by_the_tools_of_the_databases_own_version(compose: dict[str, Any]) -> None:
    [major] = re.findall(r"postgres:(\d+)\.", compose["services"]["database"]["image"])
    assert f"postgresql-client-{major}" in text("Dockerfile")


def test_services_volumes_and_networks_that_are_named_are_there(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert set(service["networks"]) <= set(compose["networks"])
        assert set(service.get("depends_on", {})) <= set(compose["services"])
        for volume in service.get("volumes", []):
            source, target, *_ = volume.split(":")
            assert target.startswith("/")
            assert (ROOT / source).exists() if source.startswith(".") else source in compose["volumes"]
    built = compose["services"]["bot-1"]["build"]
    assert (ROOT / built["dockerfile"]).exists()


def test_the_proxy_alone_can_be_reached_and_the_database_only_from_inside(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    assert compose["services"]["database"]["networks"] == ["inside"]
    assert compose["networks"]["inside"]["internal"] is True


def test_the_proxy_knows_the_bots_their_path_and_their_limit(compose: dict[str, Any]) -> None:
    caddyfile = text("Caddyfile")
    assert f"\t\tpath {PATH}\n" in caddyfile
    assert "max_size 1MiB" in caddyfile
    assert LARGEST == 1 << 20
    [upstreams] = re.findall(r"\{\$UPSTREAMS:([^}]+)\}", caddyfile)
    assert upstreams.split() == [f"{bot}:8080" for bot in BOTS]
    assert "/readyz" in caddyfile
    for bot in BOTS:
        assert "127.0.0.1:8080/readyz" in " ".join(compose["services"][bot]["healthcheck"]["test"])


def test_the_image_holds_what_the_bot_is_made_of_and_nothing_else() -> None:
    dockerfile, ignored = text("Dockerfile"), text("Dockerfile.dockerignore")
    copied = {name for name in re.findall(r"^COPY (\S+) ", dockerfile, re.MULTILINE) if "--" not in name}
    let_in = set(re.findall(r"^!(\S+)", ignored, re.MULTILINE))
    assert copied == let_in
    assert all((ROOT / name).exists() for name in copied)
    assert "--require-hashes" in dockerfile
    assert re.search(r"^USER \d+$", dockerfile, re.MULTILINE)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "microcredit.service"
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    python = tmp_path / ".venv" / "bin" / "python"
    python.write_text("#!/bin/sh\n")
    python.chmod(0o755)
    unit.write_text(SERVICE.read_text().replace("/opt/microcredit", str(tmp_path)))
    said = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout[-500:]


def test_the_unit_may_write_its_data_and_nothing_else() -> None:
    unit = SERVICE.read_text()
    assert "ReadWritePaths=/opt/microcredit/data\n" in unit
    assert "ProtectSystem=strict" in unit
    assert re.search(r"^ExecStart=/opt/microcredit/.venv/bin/python -m bot run$", unit, re.MULTILINE)
