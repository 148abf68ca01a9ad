"""Where a server is to be found, by its discovery document."""

import ipaddress
import json
import urllib.error
import urllib.parse
import urllib.request

from endings import Ending, lost, of_status
from plain_http import problem_of
from schema import fits

PATH = "/.well-known/durable-session"
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class NotFound(Exception):
    """There is no usable address; `ending` says what follows."""

    def __init__(self, ending):
        super().__init__(ending.code)
        self.ending = ending


class Addresses:
    """The addresses of one server. They are asked for once, and again after `forget`."""

    def __init__(self, base, timeout):
        self._url = base.rstrip("/") + PATH
        self._timeout = timeout
        self._known = None

    def forget(self):
        self._known = None

    def of(self, transport):
        """The address of a transport, with http or https as its scheme; raises NotFound."""
        known = self._known or self._ask()
        self._known = known
        source, transports = known
        if transport not in transports:
            raise NotFound(Ending("stop", "transport_not_served"))
        # HTTP-4: against the URL that the document came from, after redirects.
        url = urllib.parse.urlsplit(urllib.parse.urljoin(source, transports[transport]["url"]))
        url = url._replace(scheme={"ws": "http", "wss": "https"}.get(url.scheme, url.scheme))
        if _origin(url) != _origin(urllib.parse.urlsplit(source)):
            raise NotFound(Ending("stop", "foreign_address"))  # HTTP-5: the token would go there
        if url.scheme != "https" and not _is_loopback(url.hostname):
            raise NotFound(Ending("stop", "insecure_address"))  # AUTH-18
        return url

    def _ask(self):
        try:
            with _opener.open(self._url, timeout=self._timeout) as answer:
                document, source = json.loads(answer.read()), answer.geturl()
        except urllib.error.HTTPError as error:
            raise NotFound(of_status(error.code, problem_of(error.read()), error.headers.get("Retry-After"))) from None
        except (OSError, ValueError):
            raise NotFound(lost("discovery")) from None
        if not fits(document, {"$ref": "#/$defs/Discovery"}):
            raise NotFound(lost("discovery"))
        return source, document["transports"]


def _origin(url):
    return url.scheme, url.hostname, url.port or {"http": 80, "https": 443}.get(url.scheme)


def _is_loopback(host):
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
