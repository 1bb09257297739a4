// A lesson runs by itself: when it is opened and whenever its kernel starts anew.
//
// This is a module-federation container written by hand (get and init are the whole
// protocol), so the kit needs no JavaScript build. It touches only notebooks whose
// metadata has "crmkit"; it runs those that say {"crmkit": {"autorun": true}}.
//
// The panel carries its state for style sheets and tests to read:
//   data-crmkit="opening" | "running" | "ready" | "failed"
// and each cell its tags: data-crmkit-tags="nbval-check-output ...".
(() => {
  const here = new URL(".", document.currentScript.src);
  let shared;

  const packages = (name) => Object.values(shared[name])[0].get().then((make) => make());

  async function extension() {
    const { INotebookTracker, NotebookActions } = await packages("@jupyterlab/notebook");
    const lumino = await packages("@lumino/widgets");
    const { attendBoards } = await import(new URL("boards.js", here));
    const { keepPlaces, arrive } = await import(new URL("places.js", here));
    const plugin = {
      id: "crmkit-lab:lesson",
      autoStart: true,
      requires: [INotebookTracker],
      activate: (app, tracker) => {
        attendBoards();
        const settle = keepPlaces(app, tracker, lumino);
        const tools = { actions: NotebookActions, settle, arrive };
        tracker.widgetAdded.connect((_, panel) => attend(app, panel, tools));
      },
    };
    return () => ({ __esModule: true, default: [plugin] });
  }

  async function attend(app, panel, tools) {
    await panel.context.ready;
    const course = panel.content.model.getMetadata("crmkit");
    if (!course) return;
    await app.restored;
    clearTheDesk(app.shell);
    dress(panel);
    saveOnlyWhatIsWritten(panel);
    tools.settle(panel);
    panel.node.dataset.crmkit = course.autorun ? "opening" : "ready";
    if (!course.autorun) return;
    const run = runner(panel, tools);
    await panel.sessionContext.ready;
    onFreshKernel(panel.sessionContext, run);
    const kernel = panel.sessionContext.session?.kernel;
    if (kernel && (await hasRun(kernel))) await panel.sessionContext.restartKernel();
    else if (kernel) run();
  }

  // A page loaded again finds the kernel it left, full of controls that nobody sees any more;
  // the page would be drawn from those and the new ones at once. It starts afresh instead.
  async function hasRun(kernel) {
    const { content } = await kernel.requestExecute({ code: "", silent: true }).done;
    return content.execution_count > 0;
  }

  let cleared = false;
  function clearTheDesk(shell) {
    if (cleared) return;
    cleared = true;
    shell.collapseLeft();
    shell.collapseRight();
    // Above the menu stands the file's name, ready to be renamed by whoever types there.
    if (shell.isTopInSimpleModeVisible()) shell.toggleTopInSimpleModeVisibility();
  }

  function dress(panel) {
    panel.addClass("crmkit-page");
    for (const cell of panel.content.widgets) {
      cell.node.dataset.crmkitTags = (cell.model.getMetadata("tags") ?? []).join(" ");
    }
    panel.content.node.addEventListener("keydown", (event) => keepFromEditing(panel, event));
  }

  // Outside an editor a bare letter is a command to JupyterLab ("a" inserts a cell, "x"
  // cuts one, "0 0" restarts the kernel). A reader who types beside a field means none of it.
  function keepFromEditing(panel, event) {
    const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
    const control = event.target.closest("a, button, input, select, textarea");
    const opensEditor = event.key === "Enter" && !control;
    if (bare && !opensEditor && panel.content.mode === "command") event.stopPropagation();
  }

  // Results come back by themselves at every opening. So the file stays as it came, and nobody
  // is asked to save it, until the reader writes something into it.
  function saveOnlyWhatIsWritten({ content, context }) {
    const written = () => content.widgets.map((cell) => cell.model.sharedModel.source).join("\0");
    let saved = written();
    context.saveState.connect((_, state) => {
      if (state === "completed") saved = written();
    });
    const forget = (model) => {
      if (model.dirty && written() === saved) model.dirty = false;
    };
    context.model.stateChanged.connect(forget);
    forget(context.model);
  }

  function runner(panel, { actions, arrive }) {
    const { content, sessionContext, node } = panel;
    let latest = 0;
    return async () => {
      const mine = ++latest;
      node.dataset.crmkit = "running";
      const programs = content.widgets.filter((cell) => cell.model.type === "code");
      const well = await actions.runCells(content, programs, sessionContext);
      if (mine !== latest) return; // the kernel went away under this run and another began
      node.dataset.crmkit = well ? "ready" : "failed";
      arrive(panel);
    };
  }

  function onFreshKernel(session, act) {
    // Another kernel, or the same one restarted by the reader ...
    session.kernelChanged.connect((_, { newValue }) => newValue && act());
    // ... or restarted by the server because it had died.
    let died = false;
    session.statusChanged.connect((_, status) => {
      if (status === "autorestarting") died = true;
      if (status === "idle" && died) {
        died = false;
        act();
      }
    });
  }

  async function style() {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("style.css", here);
    document.head.append(link);
    return () => ({});
  }

  const modules = { "./extension": extension, "./style": style };
  (window._JUPYTERLAB ??= {})["crmkit-lab"] = {
    init: (scope) => void (shared = scope),
    get: (name) => modules[name](),
  };
})();
