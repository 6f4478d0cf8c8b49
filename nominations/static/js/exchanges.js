/* htmx: carries the form token with every request and says so when an answer does not come. */
import { release } from "./forms.js";
import { say, word } from "./status.js";

/** Join the page's token and its live region to htmx's requests. */
export function watchExchanges() {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.target instanceof HTMLFormElement) release(event.target);
    if (event.detail.successful) say("");
  });
  document.body.addEventListener("htmx:responseError", () => say(word("failed")));
  document.body.addEventListener("htmx:sendError", () => say(word("offline")));
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.target;
    part?.querySelector("[data-focus]")?.focus();
    const news = part?.querySelector("[data-announce]");
    if (news) say(news.textContent.trim(), true);
  });
}
