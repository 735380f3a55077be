using System.Globalization;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>Answers <c>/v1/ops/keys</c>: creates API keys, shows each once, lists and revokes them.</summary>
internal sealed class KeysEndpoint(
    AccessStore accessStore, AccessDirectory directory, CurrentBook current, KnownProviders known, TimeProvider time)
{
    private const int LongestLabel = 64;
    private const int MostProviders = 100;
    private const int MostPerMinute = 1_000_000;

    /// <summary>Lists the keys, without their secrets.</summary>
    public async Task ListAsync(HttpContext context)
    {
        var keys = await accessStore.ReadKeysAsync(context.RequestAborted);
        IReadOnlyList<KeyView> views = [.. keys.Select(key => KeyView.Of(key.Key, key.Value)).OrderBy(key => key.CreatedAt)];
        await OpsHttp.SendAsync(context, views, OpsFormat.Json.IReadOnlyListKeyView);
    }

    /// <summary>Makes a key and shows it, for the only time.</summary>
    public async Task CreateAsync(HttpContext context)
    {
        var asked = await OpsHttp.ReadAsync(context, OpsFormat.Json.NewKeyRequest);
        asked = asked with { DefaultProviders = asked.DefaultProviders is { } keys ? ProviderKey.Written(keys) : null };
        Check(asked);
        var key = KeyText.New();
        var stored = new AccessKey
        {
            Label = asked.Label.Trim(),
            Role = asked.Role,
            Digest = key.Digest,
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = asked.ExpiresAt,
            DefaultProviders = asked.DefaultProviders ?? [],
            RequestsPerMinute = asked.RequestsPerMinute,
        };
        var change = string.Create(CultureInfo.InvariantCulture, $"made: '{stored.Label}', role {stored.Role}");
        await accessStore.EditKeyAsync(key.Id, 0, stored, Caller.Of(context).Name, change, context.RequestAborted);
        await directory.RefreshAsync(context.RequestAborted);
        await OpsHttp.SendAsync(
            context, new(key.Id, key.Text, stored.Label, stored.Role), OpsFormat.Json.NewKeyView, status: StatusCodes.Status201Created);
    }

    /// <summary>Revokes a key: it is refused from now on.</summary>
    public async Task RevokeAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        while ((await accessStore.ReadKeysAsync(context.RequestAborted)).GetValueOrDefault(id) is { } key)
        {
            if (await accessStore.EditKeyAsync(
                id, key.Revision, null, Caller.Of(context).Name, $"revoked: '{key.Value.Label}'", context.RequestAborted) is not null)
            {
                await directory.RefreshAsync(context.RequestAborted);
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }
        }

        throw ProblemException.Unknown("id", id, "is no key; GET /v1/ops/keys lists them");
    }

    private void Check(NewKeyRequest asked)
    {
        if (asked.Label.Trim().Length is 0 or > LongestLabel || !OpsHttp.IsPlain(asked.Label))
        {
            throw ProblemException.BadValue(
                "label", asked.Label, $"is not a label of 1 to {LongestLabel} characters that says what the key is for");
        }

        if (asked.Role == AccessRole.None)
        {
            throw ProblemException.BadValue("role", "none", "is not one of read, ops, admin");
        }

        if (asked.ExpiresAt <= time.GetUtcNow())
        {
            throw ProblemException.BadValue(
                "expiresAt", asked.ExpiresAt.Value.ToString("O", CultureInfo.InvariantCulture), "has passed already");
        }

        if (asked.RequestsPerMinute is < 0 or > MostPerMinute)
        {
            throw ProblemException.BadValue(
                "requestsPerMinute", asked.RequestsPerMinute.ToString(CultureInfo.InvariantCulture),
                $"is not from 0 (no limit) to {MostPerMinute}");
        }

        if (asked.DefaultProviders?.Count > MostProviders)
        {
            throw ProblemException.BadParameter(
                "defaultProviders", $"are {asked.DefaultProviders.Count}; at most {MostProviders} are taken");
        }

        foreach (var provider in asked.DefaultProviders ?? [])
        {
            if (!ProviderKey.IsOne(provider ?? ""))
            {
                throw ProblemException.BadValue("defaultProviders", provider ?? "null", "is not a provider key; /v1/providers lists them");
            }

            // Before all are read, a key that is not known may be right.
            var meansAll = provider == DefaultProviderKeys.All && asked.DefaultProviders!.Count == 1;
            if (known.AreAll && !meansAll && !KnownProviders.IsKnown(current.Book, provider!))
            {
                throw ProblemException.BadValue("defaultProviders", provider, "is no known provider; /v1/providers lists them");
            }
        }
    }
}
