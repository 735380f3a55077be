using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Makes the key under which the answer to a history is kept: the query in one form, and the version of all that it is made of.
/// </summary>
/// <remarks>
/// Answers under one key are equal byte by byte, so that the key is also the entity tag of an answer that is sent while it is written. Only
/// within the second for which a revision is remembered may days be newer than their key states; its next key is another one. The
/// reverse is not so: two keys may have equal answers, as when a publication brings nothing of the days asked for.
/// </remarks>
internal static class HistoryAnswerKey
{
    private const string Prefix = "history:";

    // Another build may write answers in another way.
    private static readonly string Build = typeof(HistoryAnswerKey).Module.ModuleVersionId.ToString("N");

    /// <summary>The key: a digest, so that it is short and holds nothing that a client wrote.</summary>
    /// <param name="ask">What is asked for.</param>
    /// <param name="today">Today, UTC.</param>
    /// <param name="sources">Each provider that may be asked, in the order of the request, with the revision of its history.</param>
    public static string Of(HistoryAsk ask, DateOnly today, IEnumerable<(ProviderEntry Entry, long Revision)> sources)
    {
        var text = new StringBuilder();
        var (query, policy) = (ask.Query, ask.Policy);
        Add(text, Build, query.Rates.Base, ask.From.ToText(), ask.To.ToText(), today.ToText(), query.Group, query.Filled == true);
        Add(text, query.WithRevisions, policy?.Name, policy?.Day, ask.Format, query.Rates.Answer.NumbersAsText, query.Rates.Answer.Csv);
        Add(text, ask.Blend, ask.IsNamed, query.Rates.KnownAt?.UtcTicks);
        foreach (var quote in query.Rates.Quotes)
        {
            Add(text, quote);
        }

        foreach (var (entry, revision) in sources)
        {
            // A source that confirms its sheet raises its version, and changes no answer. Shipped sheets have only their own.
            Add(text, entry.Key, revision, entry.ContentVersion, entry.ContentVersion is null ? SheetVersion.Of(entry.Sheet) : null);
            Add(text, entry.Status, entry.Reason, entry.Stored.Profile, entry.Independence, entry.WhyNotInBlends);
        }

        return $"{Prefix}{Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text.ToString())))}";
    }

    /// <summary>The entity tag of an answer that is sent while it is written.</summary>
    public static string TagOf(string key) => $"\"{key[Prefix.Length..]}\"";

    // A mark between values that none of them has.
    private static void Add(StringBuilder text, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{value}\u001f");
        }
    }
}
