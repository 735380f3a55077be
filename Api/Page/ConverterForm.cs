using Rates.Core;

namespace Rates.Api;

/// <summary>Writes the converter's form. It is sent as a plain GET, so that every answer has an address.</summary>
/// <param name="html">Where to.</param>
/// <param name="query">What the fields hold.</param>
/// <param name="book">Knows the currencies and providers.</param>
/// <param name="policies">The policies to choose from.</param>
/// <param name="problems">What is wrong with fields, each with the id of the text that says so; null for nothing.</param>
internal sealed class ConverterForm(
    HtmlBuilder html, PageQuery query, RateBook book, PolicyCatalog policies, (ProblemException? Problem, string Id)[] problems)
{
    private static readonly (string Value, string Text)[] Ways =
    [
        ("median", "Median"), ("consensus", "Consensus: median without outliers"), ("mean", "Mean"),
        ("first", "First provider that has it"),
    ];

    /// <summary>Writes it with the values that were asked for.</summary>
    public void Write()
    {
        html.Add($"""
            <h1 class="hidden">Convert an amount</h1>
            <form id="ask" method="get" action="./">
            """);
        html.Add($"""
            <div class="field amount"><label for="amount">Amount</label><input id="amount" name="amount" value="{query.Amount}"
            inputmode="decimal" autocomplete="off" spellcheck="false"{Fault("amount")}></div>
            """);
        Code("from", "From", query.From);
        html.Add($"""
            <a class="swap" href="./{query.Swapped.Address}" aria-label="Swap the currencies"><span aria-hidden="true">⇄</span></a>
            """);
        Code("to", "To", query.To);
        html.Add($"""
            <div class="field date"><label for="date">Day <span class="hint">empty: the latest</span></label>
            <input id="date" name="date" type="date" value="{query.Date}"{Fault("date")}></div>
            <button type="submit">Convert</button>
            """);
        Choices();
        html.Add($"""<datalist id="codes">""");
        foreach (var currency in book.Entries.SelectMany(entry => entry.Rates?.Crosses.Currencies ?? []).Distinct().Order())
        {
            html.Add($"""<option value="{currency.Code}">{CurrencyRegistry.Find(currency)?.Name}</option>""");
        }

        html.Add($"</datalist></form>");
    }

    private void Choices()
    {
        var chosen = query.Providers switch
        {
            _ when query.Policy.Length > 0 => $"policy {query.Policy}",
            "" => query.Select == "first" ? "the usual providers" : "all daily sources",
            "all" => "all providers",
            _ => string.Join(", ", query.Chosen),
        };
        html.Add($"""
            <details id="choose"{(problems.Any(one => one.Problem?.Parameter is "providers" or "select" or "policy") ? " open" : "")}>
            <summary>Sources: <span id="chosen">{chosen}</span></summary>
            <div class="choices">
            <div class="field"><label for="select">Combined as</label><select id="select" name="select">
            """);
        foreach (var (value, text) in Ways)
        {
            html.Add($"""<option value="{value}"{(query.Select == value ? " selected" : "")}>{text}</option>""");
        }

        html.Add($"""
            </select><label for="policy">Or by a policy</label><select id="policy" name="policy"{Fault("policy")}>
            <option value="">none</option>
            """);
        foreach (var policy in policies.All)
        {
            var text = policy.Title.Length > 0 ? $"{policy.Name}: {policy.Title}" : policy.Name;
            html.Add($"""<option value="{policy.Name}"{(query.Policy == policy.Name ? " selected" : "")}>{text}</option>""");
        }

        html.Add($"""
            </select><p class="help">A policy chooses providers, day and rounding of the conversion.</p></div>
            <fieldset><legend>Only these providers (none checked: all daily sources; the table shows the usual ones)</legend>
            <div id="providers">
            """);
        foreach (var index in book.AllIndexes)
        {
            var entry = book.Entries[index];
            html.Add($"""
                <label data-find="{entry.Key} {entry.Name} {entry.Stored.Profile.Country}"><input type="checkbox" name="providers"
                value="{entry.Key}"{(query.Chosen.Contains(entry.Key) ? " checked" : "")}>{entry.Name}</label>
                """);
        }

        html.Add($"</div></fieldset></div></details>");
        if (query.Quotes.Length > 0)
        {
            html.Add($"""<input type="hidden" name="quotes" value="{query.Quotes}">""");
        }
    }

    // The name of the currency stands beside the label, so that a code that was mistyped is noticed.
    private void Code(string name, string label, string value) => html.Add($"""
        <div class="field {name}"><label for="{name}">{label} <span class="hint" data-names="{name}">{NameOf(value)}</span></label>
        <input id="{name}" name="{name}" value="{value}" list="codes" maxlength="40" autocapitalize="characters" autocomplete="off"
        spellcheck="false"{Fault(name)}></div>
        """);

    private static string NameOf(string code) => MinorUnits.Find(code) is { } unit ? $"hundredths of {unit.Currency.Code}"
        : Currency.TryParse(code, out var currency) ? CurrencyRegistry.Find(currency)?.Name ?? "" : "";

    // The value of an attribute is encoded as a whole, so these have no quotation marks.
    private string Fault(string name) => Array.FindIndex(problems, one => one.Problem?.Parameter == name) is >= 0 and var index
        ? $" aria-invalid=true aria-describedby={problems[index].Id}{(index == 0 ? " autofocus" : "")}" : "";
}
