using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Rates.Cli;

/// <summary>Builds the commands <c>rates keys</c> and <c>rates users</c>, which manage API keys and users of the service.</summary>
internal static class AccessCommands
{
    private static readonly string[] Roles = ["read", "ops", "admin"];

    /// <summary>The command <c>rates keys</c> with its subcommands.</summary>
    public static Command Keys(CommandBuilder builder)
    {
        var id = new Argument<string>("id") { Description = "The key's id, as rates keys list shows it" };
        return CommandBuilder.Group(
            "keys", "API keys of programs",
            builder.Command("list", "Every key, without its secret", [], async (service, output, _, token) =>
            {
                output.Write(
                    await service.GetAsync("/v1/ops/keys", token),
                    ("id", "id"), ("label", "label"), ("role", "role"), ("made", "createdAt"), ("expires", "expiresAt"),
                    ("providers", "defaultProviders"), ("per minute", "requestsPerMinute"));
                return ExitCodes.Done;
            }),
            Create(builder),
            builder.Command("revoke", "Refuses a key from now on", [id], async (service, output, parsed, token) =>
            {
                await service.SendAsync(
                    HttpMethod.Delete, $"/v1/ops/keys/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}", null, null, token);
                output.Say($"{parsed.GetRequiredValue(id)} is revoked");
                return ExitCodes.Done;
            }));
    }

    /// <summary>The command <c>rates users</c> with its subcommands.</summary>
    public static Command Users(CommandBuilder builder)
    {
        var name = new Argument<string>("name") { Description = "The user's name" };
        return CommandBuilder.Group(
            "users", "People who sign in with a password",
            builder.Command("list", "Every user", [], async (service, output, _, token) =>
            {
                output.Write(await service.GetAsync("/v1/ops/users", token), ("name", "name"), ("role", "role"));
                return ExitCodes.Done;
            }),
            SetUser(builder),
            builder.Command("delete", "Deletes a user", [name], async (service, output, parsed, token) =>
            {
                await service.SendAsync(
                    HttpMethod.Delete, $"/v1/ops/users/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}", null, null, token);
                output.Say($"{parsed.GetRequiredValue(name)} is deleted");
                return ExitCodes.Done;
            }));
    }

    private static Command Create(CommandBuilder builder)
    {
        var label = new Argument<string>("label") { Description = "What the key is for" };
        var role = Role();
        var expires = new Option<string?>("--expires") { Description = "From when on it is refused, such as 2027-01-01T00:00:00Z" };
        var providers = new Option<string?>("--providers")
        {
            Description = "Provider keys, separated by commas, that answer when a query names none",
        };
        var limit = new Option<int>("--per-minute") { Description = "Requests a minute; 0 for no limit" };
        return builder.Command("create", "Makes a key and shows it, for the only time", [label, role, expires, providers, limit],
            async (service, output, parsed, token) =>
        {
            var body = new JsonObject
            {
                ["label"] = parsed.GetRequiredValue(label),
                ["role"] = parsed.GetRequiredValue(role),
                ["requestsPerMinute"] = parsed.GetValue(limit),
            };
            if (parsed.GetValue(expires) is { } until)
            {
                body["expiresAt"] = until;
            }

            if (parsed.GetValue(providers) is { } list)
            {
                body["defaultProviders"] = new JsonArray([.. list.Split(',', StringSplitOptions.TrimEntries).Select(key => (JsonNode)key)]);
            }

            output.WriteOne(
                await service.SendAsync(HttpMethod.Post, "/v1/ops/keys", body, null, token), ("id", "id"), ("key", "key"),
                ("label", "label"), ("role", "role"));
            output.Say("keep the key now: it is not shown again");
            return ExitCodes.Done;
        });
    }

    private static Command SetUser(CommandBuilder builder)
    {
        var name = new Argument<string>("name") { Description = "The user's name" };
        var role = Role();
        var file = new Option<string?>("--new-password-file")
        {
            Description = "File with the password; an existing user keeps the old one when left out",
        };
        return builder.Command("set", "Makes a user, or changes one", [name, role, file], async (service, output, parsed, token) =>
        {
            var body = new JsonObject { ["role"] = parsed.GetRequiredValue(role) };
            if (parsed.GetValue(file) is { } path)
            {
                body["password"] = await ReadAsync(path, token);
            }

            var stored = await service.SendAsync(
                HttpMethod.Put, $"/v1/ops/users/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}", body, null, token);
            output.WriteOne(stored, ("name", "name"), ("role", "role"));
            return ExitCodes.Done;
        });
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCodes.Usage,
                string.Create(CultureInfo.InvariantCulture, $"--new-password-file '{path}' cannot be read: {unreadable.Message}"));
        }
    }

    private static Option<string> Role()
    {
        var role = new Option<string>("--role") { Description = "read, ops or admin", Required = true };
        return role.AcceptOnlyFromAmong(Roles);
    }
}
