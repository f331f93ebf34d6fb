"""The readers of the environment: the kinds of values of a variable, and what reads them.

Here lives what turns text from outside into typed values for `carevox/settings.py`. Which variables
there are, and why, is said there.
"""

from carevox.env.addresses import address, allowed_hosts, hosts, mail_address
from carevox.env.databases import database
from carevox.env.kinds import (
    choice,
    experiment,
    folder,
    number,
    secret_key,
    switch,
    text,
    whole_number,
)
from carevox.env.logs import error_reports, logging_config
from carevox.env.reading import BadValue, Kind, Reader, environment
from carevox.env.servers import (
    cache,
    jobs,
    mail_server,
    media_origins,
    sentry,
    storage,
)

__all__ = [
    "BadValue",
    "Kind",
    "Reader",
    "address",
    "allowed_hosts",
    "cache",
    "choice",
    "database",
    "environment",
    "error_reports",
    "experiment",
    "folder",
    "hosts",
    "jobs",
    "logging_config",
    "mail_address",
    "mail_server",
    "media_origins",
    "number",
    "secret_key",
    "sentry",
    "storage",
    "switch",
    "text",
    "whole_number",
]
