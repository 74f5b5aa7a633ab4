// Every page, over HTTP and from disk, with every drawer opened and every chart entered.
// Proves that nothing is written to the console, that every request succeeds, and that no other host is asked.
// The pages bring their own Content-Security-Policy, so whatever that refuses is seen here too.

import { test } from "node:test";
import { address, lookAt, openDetails, pages } from "./site.mjs";

for (const from of ["http", "file"]) {
  test(`quiet: no message, failed request or outside request (${from})`, async () => {
    const root = (await address("", from)).replace(/[^/]*$/, "");
    const listen = (tab, say) => {
      tab.on("console", (message) => {
        if (["error", "warning"].includes(message.type()))
          say(`console ${message.type()}: ${message.text().split("\n")[0]}`);
      });
      tab.on("pageerror", (error) => say(`uncaught: ${error.message}`));
      tab.on("requestfailed", (request) => {
        // Only going on to the next page aborts a request, such as one for the icon, which comes after everything else.
        const reason = request.failure()?.errorText;
        if (reason !== "net::ERR_ABORTED") say(`failed: ${request.url().replace(root, "")} (${reason})`);
      });
      tab.on("response", (response) => {
        if (response.status() >= 400) say(`${response.status()}: ${response.url().replace(root, "")}`);
      });
      tab.on("request", (request) => {
        if (!request.url().startsWith(root) && !request.url().startsWith("data:")) say(`outside: ${request.url()}`);
      });
    };
    await lookAt(pages, { from, listen }, async (tab, say) => {
      await openDetails(tab);
      const policy = await tab.evaluate(() => {
        for (const frame of document.querySelectorAll("[role=application]")) frame.focus();
        const policy = document.querySelector("meta[http-equiv='Content-Security-Policy']")?.content ?? "";
        // A form may be sent to its own receiver, and that host alone is named, in two places.
        const receiver = document.querySelector("form[action^='https:']");
        const host = receiver && ` ${new URL(receiver.getAttribute("action")).origin}`;
        return host
          ? policy.replace(`connect-src 'self'${host};`, "").replace(`form-action 'self'${host};`, "")
          : policy;
      });
      if (!policy.includes("default-src 'none'")) say("no Content-Security-Policy that starts from nothing");
      if (/unsafe|https?:|\*/.test(policy)) say(`a loose policy: ${policy}`);
    });
  });
}
