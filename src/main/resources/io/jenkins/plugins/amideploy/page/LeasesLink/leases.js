(() => {
  const EVERY = 4000;

  async function renew(board) {
    const answer = await fetch("renewed", { cache: "no-store" });
    if (!answer.ok) {
      return;
    }
    const html = await answer.text();
    if (html === board.dataset.shown) {
      return;
    }
    board.dataset.shown = html;
    const focused = board.contains(document.activeElement) ? document.activeElement.id : "";
    board.innerHTML = html;
    if (focused) {
      document.getElementById(focused)?.focus();
    }
  }

  async function live(board) {
    if (!document.hidden) {
      try {
        await renew(board);
      } catch {
        // The controller is away; it may come back.
      }
    }
    setTimeout(() => live(board), EVERY);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const board = document.getElementById("ami-deploy-leases");
    if (board) {
      setTimeout(() => live(board), EVERY);
    }
  });
})();
