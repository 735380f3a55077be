namespace Rates.Api;

/// <summary>Writes the frame around every view of the operators' page: head, top line, tabs, dialogs.</summary>
internal static class OpsLayout
{
    private static readonly (string Filter, string Label)[] Filters = [("", "fetched"), ("late", "late"), ("failed", "failing"),
        ("quarantined", "with refused figures"), ("off", "off"), ("all", "all")];

    /// <summary>Writes what stands before a view.</summary>
    public static void Begin(HtmlBuilder html, OpsPageData data, string tab, string filter, IReadOnlyList<string> tabs)
    {
        html.Add($"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>Rates operations: {tab}</title>
              <link rel="icon" type="image/svg+xml" href="icon.svg">
              <link rel="stylesheet" href="page.css">
              <link rel="stylesheet" href="ops.css">
              <script src="ops.js" defer></script>
              <script src="sources.js" defer></script>
              <script src="webhooks.js" defer></script>
            </head>
            <body class="ops">
              <a class="skip" href="#view">Skip to the table</a>
              <header>
                <h1>Rates operations</h1>
                <p>Signed in as {data.Caller.Name}. <span id="live" role="status">Not live</span></p>
                <nav class="site" aria-label="Site">
                <a href="./">Convert</a><a href="providers">Providers</a><a href="reference">API</a></nav>
              </header>
              <noscript>
              <p class="note">The tables are readable as they are; changing something here needs JavaScript.
              The command line and /v1/ops can do the same.</p></noscript>
              <div id="content">
              <nav aria-label="Numbers" class="numbers">
                <span class="number">
                <strong class="{(data.IsStoreUp ? "fresh" : "missing")} status">{(data.IsStoreUp ? "up" : "down")}</strong> store</span>
                <a class="number" href="ops?tab=workers"><strong>{data.WorkersAlive}</strong>
                {(data.WorkersAlive == 1 ? "worker" : "workers")} alive</a>
            """);
        foreach (var (name, label) in Filters)
        {
            html.Add($"""
                <a class="number" href="ops?show={name}"{(tab == "providers" && filter == name ? " aria-current=page" : "")}>
                <strong>{data.Count(name)}</strong> {label}</a>
                """);
        }

        html.Add($"""</nav><nav aria-label="Views" class="tabs">""");
        foreach (var one in tabs)
        {
            html.Add($"""
                <a href="ops?tab={one}"{(one == tab ? " aria-current=page" : "")}>{char.ToUpperInvariant(one[0]).ToString() + one[1..]}</a>
                """);
        }

        html.Add($"""</nav><main id="view" tabindex="-1">""");
    }

    /// <summary>Writes what stands after a view.</summary>
    public static void End(HtmlBuilder html)
    {
        html.Add($"""
            </main></div>
            <div id="news"><p id="said" role="status" aria-live="polite"></p>
            <progress id="progress" max="100" value="0" aria-label="Progress" hidden></progress></div>
            """);
        OpsDialogs.Endpoint(html);
        Schedules(html);
        html.Add($"</body></html>");
    }

    private static void Schedules(HtmlBuilder html) => html.Add($"""
        <dialog id="schedule" aria-labelledby="schedule-title">
          <form method="dialog">
            <h2 id="schedule-title">Schedule</h2>
            <p class="help">Set by <span data-by></span>. Give a cron expression or an interval, not both.</p>
            <label>Cron <input name="cron" autocomplete="off" spellcheck="false" placeholder="0 0/10 16-18 ? * MON-FRI"></label>
            <label>Interval <input name="every" autocomplete="off" spellcheck="false" placeholder="00:15:00"></label>
            <label>Time zone <input name="zone" autocomplete="off" spellcheck="false" placeholder="Europe/Berlin"></label>
            <label>Least gap <input name="minimumGap" autocomplete="off" spellcheck="false" placeholder="00:01:00"></label>
            <p class="wrong" role="alert"></p>
            <div class="buttons">
              <button data-do="save">Save</button>
              <button class="plain" data-do="preview">Preview</button>
              <button class="plain" data-do="reset">Take back to the shipped schedule</button>
              <button type="button" class="plain" data-close>Close</button>
            </div>
            <table><caption>Next ten instants</caption><thead><tr><th scope="col">UTC</th><th scope="col">Local</th></tr></thead>
            <tbody></tbody></table>
          </form>
        </dialog>
        <dialog id="backfill" aria-labelledby="backfill-title">
          <form method="dialog">
            <h2 id="backfill-title">Back-fill</h2>
            <p class="help">Fetches the days again, from the source, and stores what changed.</p>
            <label>First day <input name="from" type="date" required></label>
            <label>Last day <input name="to" type="date" required></label>
            <p class="wrong" role="alert"></p>
            <div class="buttons"><button data-do="backfill">Fetch these days</button>
            <button type="button" class="plain" data-close>Close</button></div>
          </form>
        </dialog>
        <dialog id="sure" aria-labelledby="sure-title">
          <form method="dialog">
            <h2 id="sure-title"></h2>
            <p data-what></p>
            <div class="buttons"><button data-do="sure"></button>
            <button type="button" class="plain" data-close>Close</button></div>
          </form>
        </dialog>
        """);
}
