/* Keeps the page up to date while there is something to come and somebody to see it. */
(function () {
  "use strict";

  const AFTER_A_FAILURE = 10;

  let timer = null;
  let box = null;

  function over() {
    return Array.from(box.querySelectorAll('section[data-live="false"]'), (section) => section.dataset.id);
  }

  function replace(shown, fresh) {
    if (shown.innerHTML === fresh.innerHTML && shown.className === fresh.className) {
      return;
    }
    const focused = shown.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    shown.className = fresh.className;
    shown.innerHTML = fresh.innerHTML;
    if (focused) {
      const same = Array.from(shown.querySelectorAll("a")).find((link) => link.getAttribute("href") === focused);
      if (same) {
        same.focus();
      }
    }
  }

  function merge(fresh) {
    const shown = document.getElementById(fresh.id);
    if (!shown) {
      box.insertBefore(fresh, document.getElementById("ami-deploy-next"));
      return;
    }
    const parts = new Map();
    shown.querySelectorAll("[data-part]").forEach((part) => parts.set(part.dataset.part, part));
    const news = fresh.querySelectorAll("[data-part]");
    if (Array.from(news).some((part) => !parts.has(part.dataset.part))) {
      shown.replaceChildren(...fresh.childNodes);
    } else {
      news.forEach((part) => replace(parts.get(part.dataset.part), part));
    }
    shown.dataset.live = fresh.dataset.live;
  }

  function later(seconds) {
    window.clearTimeout(timer);
    timer = seconds > 0 && !document.hidden ? window.setTimeout(look, seconds * 1000) : null;
  }

  function seconds() {
    return Number(document.getElementById("ami-deploy-next").dataset.seconds);
  }

  function look() {
    fetch(box.dataset.url + "?over=" + encodeURIComponent(over().join(",")))
      .then((response) => {
        if (response.status === 403 || response.status === 404) {
          return; // the build is gone, or the right to see it
        }
        if (!response.ok) {
          throw new Error(response.statusText);
        }
        return response.text().then((html) => {
          const page = new DOMParser().parseFromString(html, "text/html");
          page.querySelectorAll("section.ami-deploy-deployment").forEach(merge);
          document.getElementById("ami-deploy-next").dataset.seconds =
            page.getElementById("ami-deploy-next").dataset.seconds;
          later(seconds());
        });
      })
      .catch(() => later(AFTER_A_FAILURE));
  }

  document.addEventListener("DOMContentLoaded", () => {
    box = document.getElementById("ami-deploy");
    if (!box) {
      return;
    }
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && seconds() > 0) {
        look();
      }
    });
    later(seconds());
  });
})();
