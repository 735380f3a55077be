using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Writes the part of the operators' page about replays: the rates that today's adapters read differently from stored documents of sources.
/// </summary>
internal static class OpsReplays
{
    private const int MostShown = 1000;

    /// <summary>Writes it.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="data">The page's data.</param>
    /// <param name="commands">Every command, by id, oldest first.</param>
    /// <param name="selected">The replay that is looked at; null for none.</param>
    public static void Write(
        HtmlBuilder html, OpsPageData data, IReadOnlyDictionary<string, WithRevision<OperatorCommand>> commands, ReplayView? selected)
    {
        html.Add($"""
            <form id="replay" class="card"><h2>Read stored bodies again</h2>
            <p class="help">Today's adapter reads again what the source sent. First it is shown what would change; nothing is stored.</p>
            """);
        OpsSections.ProviderChoice(html, data, selected?.Provider);
        html.Add($"""
            <div class="pair"><label>First day <input name="from" type="date"></label>
            <label>Last day <input name="to" type="date"></label></div>
            <div class="buttons"><button>Show what would change</button></div><p class="wrong" role="alert"></p></form>
            """);
        if (selected is not null)
        {
            Result(html, selected, commands.GetValueOrDefault(selected.Id)?.Value.Shown is null);
        }

        OpsSections.Table(html, "Replays", "At", "Provider", "Days", "By", "State", "Message", "Result");
        var replays = commands.Reverse().Select(one => (Id: one.Key, Command: one.Value.Value))
            .Where(one => one.Command.Kind == CommandKind.Replay).ToList();
        foreach (var (id, command) in replays)
        {
            Row(html, id, command);
        }

        if (replays.Count == 0)
        {
            OpsSections.NoRows(html, 7, "Nothing was read again yet.");
        }

        OpsSections.EndTable(html);
    }

    private static void Row(HtmlBuilder html, string id, OperatorCommand command)
    {
        var days = (command.From, command.To) switch
        {
            (null, null) => "all",
            ({ } from, null) => $"from {from.ToText()}",
            (null, { } to) => $"to {to.ToText()}",
            ({ } from, { } to) => $"{from.ToText()} to {to.ToText()}",
        };
        html.Add($"""
            <tr><td data-label="At">{command.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</td>
            <td data-label="Provider">{command.Provider}</td><td data-label="Days">{days}</td>
            <td data-label="By">{command.By}</td><td data-label="State">
            <span class="status {OpsSections.StateClass(command.State)}">{command.State.ToString().ToLowerInvariant()}</span></td>
            <td data-label="Message">{command.Message}</td><td data-label="Result">
            """);
        if (command.State == CommandState.Done)
        {
            html.Add($"""<a href="ops?tab=replay&amp;id={id}">{(command.Shown is null ? "What would change" : "What was stored")}</a>""");
        }

        html.Add($"</td></tr>");
    }

    private static void Result(HtmlBuilder html, ReplayView replay, bool onlyShown)
    {
        var count = replay.Changes.Count;
        var limit = count > MostShown ? $" The first {MostShown} are listed." : "";
        html.Add($"""
            <section class="card" id="result" data-provider="{replay.Provider}" data-id="{replay.Id}">
            <h2>{replay.Provider}: {(count == 1 ? "1 figure" : $"{count} figures")} {What(count == 1, onlyShown)}</h2>
            <p class="help">{replay.Sheets} published sheets were read again.{limit}</p>
            """);
        foreach (var problem in replay.Problems)
        {
            html.Add($"""<p class="wrong">{problem}</p>""");
        }

        if (count > 0)
        {
            OpsSections.Table(html, "Figures that differ", "Day", "Pair", "Kind", "#Stored", "#Read again", "#Change");
            foreach (var change in replay.Changes.Take(MostShown))
            {
                html.Add($"""
                    <tr><th scope="row">{change.Day:yyyy-MM-dd}</th><td data-label="Pair">{change.Pair}</td>
                    <td data-label="Kind">{change.Kind}</td>
                    <td data-label="Stored" class="figure">{(change.Stored is { } stored ? stored.ToText() : "none")}</td>
                    <td data-label="Read again" class="figure">{change.Read}</td>
                    <td data-label="Change" class="figure">{Percent(change)}</td></tr>
                    """);
            }

            OpsSections.EndTable(html);
        }

        if (onlyShown && count > 0)
        {
            html.Add($"""
                <div class="buttons"><button type="button" data-action="store-replay">
                Store {(count == 1 ? "this figure as a revision" : $"these {count} figures as revisions")}</button></div>
                """);
        }

        html.Add($"</section>");
    }

    private static string What(bool isOne, bool onlyShown) => (isOne, onlyShown) switch
    {
        (true, true) => "differs",
        (true, false) => "was corrected",
        (false, true) => "differ",
        (false, false) => "were corrected",
    };

    private static string Percent(ReplayChangeView change) => change.Stored is { } stored and > 0
        ? FormattableString.Invariant($"{(change.Read / stored - 1) * 100:+0.00;-0.00} %")
        : "";
}
