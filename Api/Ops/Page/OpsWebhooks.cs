using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Writes the part of the operators' page about webhooks: the receivers of changes, what was given up, and the form in which one is set.
/// </summary>
internal static class OpsWebhooks
{
    /// <summary>Writes it.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="webhooks">Every webhook.</param>
    /// <param name="letters">Everything that was given up, oldest first.</param>
    /// <param name="most">How many operators may set.</param>
    /// <param name="selected">The name of the one that the form is to show; any other text for a new one.</param>
    public static void Write(
        HtmlBuilder html, IReadOnlyList<WebhookState> webhooks, IReadOnlyList<DeadLetterView> letters, int most, string selected)
    {
        html.Add($"<h2>Webhooks</h2>");
        if (webhooks.Count == 0)
        {
            html.Add($"""
                <p class="note">There is no receiver of changes yet. Those of the settings appear seconds after a worker starts.</p>
                """);
        }
        else
        {
            OpsSections.Table(
                html, "Webhooks", "Name and address", "State", "Told", "#Waiting", "#Given up", "Last delivery", "Last failure", "Actions");
            foreach (var webhook in webhooks)
            {
                Row(html, webhook);
            }

            OpsSections.EndTable(html);
        }

        html.Add($"""
            <p class="note">Operators have set {webhooks.Count(one => one.Set is not null)} of at most {most} webhooks.</p>
            """);
        Letters(html, letters);
        Form(html, webhooks.FirstOrDefault(one => one.Name == selected && one.Set is not null));
    }

    private static void Row(HtmlBuilder html, WebhookState webhook)
    {
        var name = webhook.Name;
        html.Add($"""
            <tr data-webhook="{name}"><th scope="row"><strong>{name}</strong> <code>{webhook.Address}</code>
            <small>{OriginOf(webhook)}</small></th>
            <td data-label="State"><span class="status {StateClass(webhook)}">{StateOf(webhook)}</span>
            <small class="wrong">{webhook.Problem}</small></td>
            <td data-label="Told">{(webhook.Events.Count == 0 ? "every change" : string.Join(", ", webhook.Events))}
            <small>{(webhook.Providers.Count == 0 ? "of all providers" : $"of {string.Join(", ", webhook.Providers)}")}</small></td>
            <td class="figure" data-label="Waiting">{webhook.Pending}
            <small>{(webhook.NextTryAt is { } next && !webhook.Paused ? $"next {next.UtcDateTime:HH:mm:ss} UTC" : "")}</small></td>
            <td class="figure" data-label="Given up">{webhook.DeadLetters}</td><td data-label="Last delivery">
            """);
        Moment(html, webhook.LastDelivery);
        html.Add($"""</td><td data-label="Last failure">""");
        Moment(html, webhook.LastFailure);
        html.Add($"""</td><td data-label="Actions" class="actions">""");
        if (webhook.Origin != WebhookState.Gone)
        {
            Button(html, "test-webhook", "Send a test", name);
            Button(html, webhook.Paused ? "resume-webhook" : "pause-webhook", webhook.Paused ? "Resume" : "Pause", name);
        }

        if (webhook.Set is not null)
        {
            html.Add($"""<a href="ops?tab=webhooks&amp;id={name}">Change {name}</a>""");
        }

        // Without what operators set, one of the settings would be there all the same, and not paused.
        if (webhook is { Revision: > 0, Origin: not WebhookState.OfSettings } or { Revision: > 0, Problem: not null })
        {
            html.Add($"""
                <button type="button" data-action="remove-webhook" data-name="{name}" data-revision="{webhook.Revision}"
                aria-label="Remove {name}">Remove</button>
                """);
        }

        html.Add($"</td></tr>");
    }

    private static void Letters(HtmlBuilder html, IReadOnlyList<DeadLetterView> letters)
    {
        html.Add($"<h2>Dead letters</h2>");
        if (letters.Count == 0)
        {
            html.Add($"""<p class="note">No message was given up.</p>""");
            return;
        }

        OpsSections.Table(html, "Dead letters", "Given up", "Webhook", "Change", "#Tries", "Reason", "Actions");
        foreach (var letter in letters.Reverse())
        {
            var what = $"{letter.Event} {letter.Provider} of {letter.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";
            html.Add($"""
                <tr data-letter="{letter.Id}"><td data-label="Given up">
                <time>{letter.GivenUpAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC</time></td>
                <th scope="row">{letter.Webhook}</th>
                <td data-label="Change">{letter.Event} {letter.Provider}
                <small>{letter.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</small></td>
                <td class="figure" data-label="Tries">{letter.Attempts}</td><td data-label="Reason">{letter.Reason}</td>
                <td data-label="Actions" class="actions">
                """);
            if (letter.SendAgain)
            {
                html.Add($"is sent again");
            }
            else
            {
                LetterButton(html, "send-again", "Send again", letter, what);
            }

            LetterButton(html, "delete-letter", "Delete", letter, what);
            html.Add($"</td></tr>");
        }

        OpsSections.EndTable(html);
    }

    private static void Form(HtmlBuilder html, WebhookState? shown)
    {
        var set = shown?.Set;
        html.Add($"""
            <form id="webhook" class="card" data-revision="{shown?.Revision ?? 0}" data-paused="{(set is { Paused: true } ? "yes" : "")}">
            <h2>{(shown is null ? "New webhook" : $"Change {shown.Name}")}</h2>
            <p class="help">Changes of rates are posted to its address as JSON, signed with its secret. A secret is named here and read by
            the workers: a file in their secrets folder, or an environment variable whose name begins with RATES_SECRET_.</p>
            <label>Name <input name="name" required maxlength="32" pattern="[a-z0-9_\-]+" autocomplete="off" spellcheck="false"
                value="{shown?.Name}"></label>
            <label>Address, or where a secret one is found: file NAME, or variable NAME
            <input name="address" required maxlength="1000" autocomplete="off" spellcheck="false" placeholder="https://shop.example/rates"
                value="{set?.Address ?? set?.AddressFrom?.ToString()}"></label>
            <label>Secret: file NAME, or variable NAME
            <input name="secret" required autocomplete="off" spellcheck="false" placeholder="file shop-webhook"
                value="{set?.Secret?.ToString()}"></label>
            <fieldset><legend>Changes that it is told; none for all</legend>
            """);
        foreach (var name in WebhookEvent.Names)
        {
            html.Add($"""
                <label class="choice"><input type="checkbox" name="events" value="{name}"{(set?.Events.Contains(name) == true
                ? " checked" : "")}> {name}</label>
                """);
        }

        html.Add($"""
            </fieldset>
            <label>Providers, parted by commas; empty for all <input name="providers" autocomplete="off" spellcheck="false"
                placeholder="ecb,boc" value="{(set is null ? "" : string.Join(",", set.Providers))}"></label>
            <div class="buttons"><button>Save the webhook</button></div><p class="wrong" role="alert"></p></form>
            """);
    }

    private static void Moment(HtmlBuilder html, WebhookMoment? moment)
    {
        if (moment is null)
        {
            html.Add($"none");
            return;
        }

        html.Add($"""<time>{moment.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</time><small>{moment.What}</small>""");
    }

    private static void Button(HtmlBuilder html, string action, string label, string name) => html.Add($"""
        <button type="button" data-action="{action}" data-name="{name}" aria-label="{label}: {name}">{label}</button>
        """);

    private static void LetterButton(HtmlBuilder html, string action, string label, DeadLetterView letter, string what) => html.Add($"""
        <button type="button" data-action="{action}" data-name="{letter.Webhook}" data-id="{letter.Id}" data-what="{what}"
        aria-label="{label}: {what} to {letter.Webhook}">{label}</button>
        """);

    private static string OriginOf(WebhookState webhook) => webhook.Origin switch
    {
        WebhookState.OfSettings => "of the workers' settings",
        WebhookState.Gone => "removed",
        _ => $"set by {webhook.By}",
    };

    private static string StateOf(WebhookState webhook) => webhook switch
    {
        { Origin: WebhookState.Gone } => "gone",
        { Paused: true } => "paused",
        { Pending: > 0, LastFailure: not null } when Fails(webhook) => "failing",
        _ => "active",
    };

    private static string StateClass(WebhookState webhook) => StateOf(webhook) switch
    {
        "active" => "fresh",
        "failing" => "missing",
        _ => "closed",
    };

    private static bool Fails(WebhookState webhook) =>
        webhook.LastFailure is { } failure && !(webhook.LastDelivery?.At > failure.At);
}
