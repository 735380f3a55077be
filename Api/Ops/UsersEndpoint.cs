using System.Globalization;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers <c>/v1/ops/users</c>, where administrators list, create, change and delete users, and <c>/v1/ops/me</c>, which tells who the
/// caller is.
/// </summary>
internal sealed class UsersEndpoint(AccessStore accessStore, AccessDirectory directory, PasswordHasher hasher)
{
    private const int LongestName = 64;

    // Other documents, such as the progress of commands, change every second at most.
    private const int MostTries = 20;

    /// <summary>Says who is asking.</summary>
    public static Task ShowCallerAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        return OpsHttp.SendAsync(context, new(caller.Name, caller.Role), OpsFormat.Json.MeView);
    }

    /// <summary>Lists the users.</summary>
    public async Task ListAsync(HttpContext context)
    {
        var users = await accessStore.ReadUsersAsync(context.RequestAborted);
        IReadOnlyList<UserView> views = [.. users.Select(user => new UserView(
            user.Key, user.Value.Value.Role, user.Value.Revision)).OrderBy(user => user.Name, StringComparer.Ordinal)];
        await OpsHttp.SendAsync(context, views, OpsFormat.Json.IReadOnlyListUserView);
    }

    /// <summary>Makes a user, or gives one another role or password.</summary>
    public async Task PutAsync(HttpContext context)
    {
        var name = Name(context);
        var asked = await OpsHttp.ReadAsync(context, OpsFormat.Json.UserChange);
        var users = await accessStore.ReadUsersAsync(context.RequestAborted);
        var before = users.GetValueOrDefault(name);
        if (asked.Role == AccessRole.None)
        {
            throw ProblemException.BadValue("role", "none", "is not one of read, ops, admin");
        }

        if (asked.Password is null && before is null)
        {
            throw ProblemException.BadParameter("password", "is missing: a new user needs one");
        }

        if (asked.Password?.Length < Credentials.ShortestPassword)
        {
            throw ProblemException.BadParameter("password", $"has fewer than {Credentials.ShortestPassword} characters");
        }

        // Hashing takes a good part of a second, so it is done before the users are looked at again.
        var password = asked.Password is { } chosen ? await Task.Run(() => hasher.Hash(chosen), context.RequestAborted) : null;
        var change = $"{(before is null ? "made" : "changed")}: role {asked.Role}{(asked.Password is null ? "" : ", a password was set")}";
        var revision = await EditAsync(
            context, name, before, new() { Role = asked.Role, Password = password ?? before!.Value.Password }, change);
        await OpsHttp.SendAsync(context, new(name, asked.Role, revision), OpsFormat.Json.UserView, revision);
    }

    /// <summary>Deletes a user.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var name = Name(context);
        var users = await accessStore.ReadUsersAsync(context.RequestAborted);
        if (!users.TryGetValue(name, out var user))
        {
            throw ProblemException.Unknown("name", name, "is no user; GET /v1/ops/users lists them");
        }

        await EditAsync(context, name, user, null, "deleted");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<long> EditAsync(
        HttpContext context, string name, WithRevision<AccessUser>? before, AccessUser? user, string change)
    {
        var (cancellationToken, by) = (context.RequestAborted, Caller.Of(context).Name);
        for (var tries = 0; tries < MostTries; tries++)
        {
            // Two admins who take away each other's role at the same time must not both succeed: it is done only while no document has
            // changed since the users were looked at.
            var all = await accessStore.ReadRevisionAsync(cancellationToken);
            var users = await accessStore.ReadUsersAsync(cancellationToken);
            if (users.GetValueOrDefault(name)?.Revision != before?.Revision)
            {
                break;
            }

            RefuseLast(users, name, user?.Role ?? AccessRole.None);
            if (await accessStore.EditUserAsync(
                name, before?.Revision ?? 0, user, by, change, cancellationToken, TakesAdmin(before, user) ? all : null) is { } revision)
            {
                await directory.RefreshAsync(cancellationToken);
                return revision;
            }
        }

        throw new ProblemException(
            StatusCodes.Status409Conflict,
            string.Create(CultureInfo.InvariantCulture, $"The user '{name}' was changed by somebody else just now: look again"));
    }

    private static bool TakesAdmin(WithRevision<AccessUser>? before, AccessUser? user) =>
        before?.Value.Role == AccessRole.Admin && user?.Role != AccessRole.Admin;

    private static void RefuseLast(IReadOnlyDictionary<string, WithRevision<AccessUser>> users, string name, AccessRole role)
    {
        if (role != AccessRole.Admin && !users.Any(user => user.Key != name && user.Value.Value.Role == AccessRole.Admin)
            && users.ContainsKey(name))
        {
            throw new ProblemException(StatusCodes.Status409Conflict, $"'{name}' is the only admin: make another first");
        }
    }

    private static string Name(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        return name.Length <= LongestName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '@')
            ? name
            : throw ProblemException.BadValue(
                "name", name, $"is not a name of up to {LongestName} letters, digits, dots, dashes, underscores and @");
    }
}
