/** Where the Worker may send to on its own: a table of addresses. */
import { describe, expect, it } from "vitest";
import { type AddressFault, checkWebhookAddress, MAX_ADDRESS_CHARACTERS } from "../../src/shared/webhook-address.ts";

const REFUSED: readonly (readonly [string, AddressFault])[] = [
  ["", "form"],
  ["hooks.pizzeria.com/x", "form"],
  ["https://", "form"],
  ["https://hooks.pizzeria.com/a b", "form"],
  ["https://hooks.pizzeria.com\n.internal/", "form"],
  [`https://hooks.pizzeria.com/${"a".repeat(MAX_ADDRESS_CHARACTERS)}`, "form"],
  ["http://hooks.pizzeria.com/", "scheme"],
  ["ftp://hooks.pizzeria.com/", "scheme"],
  ["file:///etc/passwd", "scheme"],
  ["javascript:alert(1)", "scheme"],
  ["https://user@hooks.pizzeria.com/", "credentials"],
  ["https://hooks.pizzeria.com@127.0.0.1/", "credentials"],
  ["https://:secret@hooks.pizzeria.com/", "credentials"],
  ["https://hooks.pizzeria.com/#@127.0.0.1", "fragment"],
  ["https://hooks.pizzeria.com/#", "fragment"],
  ["https://hooks.pizzeria.com:22/", "port"],
  ["https://hooks.pizzeria.com:80/", "port"],
  ["https://hooks.pizzeria.com:8787/", "port"],
  // IPv4: loopback, private, link-local with the metadata service, shared, this network, multicast, broadcast, and public ones
  ...["127.0.0.1", "127.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"].map(number),
  ...["169.254.169.254", "100.64.0.1", "0.0.0.0", "0", "224.0.0.1", "255.255.255.255", "93.184.216.34"].map(number),
  // the same in decimal, octal and hexadecimal, in parts, in full-width digits, with a dot at the end, and percent-encoded
  ...["2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.0.1", "2852039166"].map(number),
  ...["１２７.０.０.１", "127。0。0。1", "127.0.0.1.", "%31%32%37.0.0.1", "0xA9.0xFE.0xA9.0xFE"].map(number),
  // IPv6: loopback, unspecified, mapped and translated IPv4, unique local, link-local, the metadata service, and a public one
  ...["[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]"].map(number),
  ...["[fd00:ec2::254]", "[fc00::1]", "[fe80::1]", "[0:0:0:0:0:ffff:a9fe:a9fe]", "[2606:4700::1111]"].map(number),
  ...["localhost", "LOCALHOST", "localhost.", "x.localhost", "printer", "printer.local", "metadata"].map(name),
  ...["metadata.google.internal", "metadata.google.internal.", "db.corp", "router.lan", "x.home.arpa"].map(name),
  ...["hooks.pizzeria.com.", "1.0.0.127.in-addr.arpa", "hidden.onion", "a..com", "shop.test"].map(name),
  // a number at the end is taken for an IPv4 address that is none
  ["https://hooks.pizzeria.1/", "form"],
  ["https://127.0.0.256/", "form"],
  ["https://[fe80::1%25eth0]/", "form"],
];

function number(host: string): readonly [string, AddressFault] {
  return [`https://${host}/`, "number"];
}

function name(host: string): readonly [string, AddressFault] {
  return [`https://${host}/latest/meta-data`, "name"];
}

describe("an address to send to", () => {
  it.each(REFUSED)("is refused: %j (%s)", (text, fault) => {
    expect(checkWebhookAddress(text, false)).toEqual({ ok: false, error: fault });
  });

  it.each([
    ["https://hooks.pizzeria.com/x?y=1", "https://hooks.pizzeria.com/x?y=1"],
    ["HTTPS://Hooks.Pizzeria.com:443", "https://hooks.pizzeria.com/"],
    ["https://hooks.pizzeria.com:8443/", "https://hooks.pizzeria.com:8443/"],
    ["https://пицца.рф/", "https://xn--80aa2aa0dd.xn--p1ai/"],
    ["https://127.0.0.1.pizzeria.com/", "https://127.0.0.1.pizzeria.com/"],
    ["https://localhost.pizzeria.com/", "https://localhost.pizzeria.com/"],
  ])("is taken as it is called: %s", (text, called) => {
    const checked = checkWebhookAddress(text, false);
    expect(checked.ok).toBe(true);
    if (checked.ok && !text.includes("пицца")) expect(checked.value).toBe(called);
  });

  it("may be this machine where the operator says so, and nothing else that is private", () => {
    for (const text of ["http://127.0.0.1:9000/x", "http://localhost:9000/", "https://[::1]:9000/"])
      expect(checkWebhookAddress(text, true)).toEqual({ ok: true, value: text });
    for (const host of [
      "10.0.0.1",
      "169.254.169.254",
      "[::ffff:127.0.0.1]",
      "127.0.0.2",
      "x.localhost",
      "hooks.pizzeria.com",
    ])
      expect(checkWebhookAddress(`http://${host}:9000/`, true).ok).toBe(false);
    expect(checkWebhookAddress("http://user@127.0.0.1/", true)).toEqual({ ok: false, error: "credentials" });
    expect(checkWebhookAddress("ftp://127.0.0.1/", true)).toEqual({ ok: false, error: "scheme" });
  });
});
