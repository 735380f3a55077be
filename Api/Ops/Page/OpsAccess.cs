using Rates.Store;

namespace Rates.Api;

/// <summary>Writes the part of the operators' page that shows API keys and users; only an admin sees it.</summary>
internal static class OpsAccess
{
    /// <summary>API keys.</summary>
    public static void Keys(HtmlBuilder html, Caller caller, IReadOnlyDictionary<string, WithRevision<AccessKey>>? keys)
    {
        if (keys is null)
        {
            OnlyAdmin(html, "Keys", caller);
            return;
        }

        html.Add($"""
            <form id="new-key" class="card"><h2>New key</h2>
            <label>What it is for <input name="label" required maxlength="64" autocomplete="off"></label>
            <label>Role <select name="role"><option>read</option><option>ops</option><option>admin</option></select></label>
            <label>Providers that answer when a query names none, parted by commas; empty for the usual ones
            <input name="defaultProviders" autocomplete="off" spellcheck="false" placeholder="ecb,boc"></label>
            <label>Requests a minute, 0 for no limit
            <input name="requestsPerMinute" inputmode="numeric" value="0" required pattern="[0-9]+"></label>
            <label>Last day, UTC; empty for no end <input name="expires" type="date"></label>
            <div class="buttons"><button>Make a key</button></div><p class="wrong" role="alert"></p><output></output></form>
            """);
        if (keys.Count == 0)
        {
            html.Add($"""<p class="note">There is no key yet.</p>""");
            return;
        }

        OpsSections.Table(html, "Keys", "Id", "For", "Role", "Made", "Expires", "Providers", "Limit", "Actions");
        foreach (var (id, key) in keys.OrderBy(key => key.Value.Value.CreatedAt))
        {
            var providers = key.Value.DefaultProviders.Count == 0 ? "the usual ones" : string.Join(", ", key.Value.DefaultProviders);
            html.Add($"""
                <tr><th scope="row"><code>{id}</code></th><td data-label="For">{key.Value.Label}</td>
                <td data-label="Role">{Name(key.Value.Role)}</td>
                <td data-label="Made"><time>{key.Value.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC</time></td>
                <td data-label="Expires">{(key.Value.ExpiresAt is { } end ? $"{end.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "never")}</td>
                <td data-label="Providers">{providers}</td>
                <td data-label="Limit">{(key.Value.RequestsPerMinute == 0 ? "none" : $"{key.Value.RequestsPerMinute} a minute")}</td>
                <td data-label="Actions" class="actions">
                <button type="button" data-action="revoke" data-id="{id}" data-name="{key.Value.Label}"
                aria-label="Revoke {key.Value.Label}">Revoke</button></td></tr>
                """);
        }

        OpsSections.EndTable(html);
    }

    /// <summary>People who sign in with a password.</summary>
    public static void Users(HtmlBuilder html, Caller caller, IReadOnlyDictionary<string, WithRevision<AccessUser>>? users)
    {
        if (users is null)
        {
            OnlyAdmin(html, "Users", caller);
            return;
        }

        html.Add($"""
            <form id="user" class="card"><h2>New user, or a change of one</h2>
            <label>Name <input name="name" required maxlength="64" autocomplete="off" spellcheck="false"></label>
            <label>Role <select name="role"><option>read</option><option>ops</option><option>admin</option></select></label>
            <label>Password of at least 12 characters; left empty, an existing user keeps the old one
            <input name="password" type="password" minlength="12" autocomplete="new-password"></label>
            <div class="buttons"><button>Save the user</button></div><p class="wrong" role="alert"></p></form>
            """);
        OpsSections.Table(html, "Users", "Name", "Role", "Actions");
        foreach (var (name, user) in users.OrderBy(user => user.Key, StringComparer.Ordinal))
        {
            html.Add($"""
                <tr><th scope="row">{name}</th><td data-label="Role">{Name(user.Value.Role)}</td>
                <td data-label="Actions" class="actions">
                <button type="button" data-action="change-user" data-name="{name}" data-role="{Name(user.Value.Role)}"
                aria-label="Change {name}">Change</button>
                <button type="button" data-action="delete-user" data-name="{name}" aria-label="Delete {name}">Delete</button></td></tr>
                """);
        }

        OpsSections.EndTable(html);
    }

    private static void OnlyAdmin(HtmlBuilder html, string what, Caller caller) =>
        html.Add($"""<p class="note">{what} are for the role admin; {caller.Name} has the role {Name(caller.Role)}.</p>""");

    private static string Name(AccessRole role) => role.ToString().ToLowerInvariant();
}
