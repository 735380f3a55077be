using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Makes the key under which the answer to a history is kept: the query in one form, and the version of all that it is made of.
/// </summary>
internal static class HistoryAnswerKey
{
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
        Add(text, Build, query.Rates.Base, ask.From.ToText(), ask.To.ToText(), today.ToText(), query.Group, query.IsFilled);
        Add(text, query.WithRevisions, policy?.Name, policy?.Day, ask.Format, query.Rates.Answer.NumbersAsText, query.Rates.Answer.Csv);
        Add(text, ask.Blend, ask.IsNamed);
        foreach (var quote in query.Rates.Quotes)
        {
            Add(text, quote);
        }

        foreach (var (entry, revision) in sources)
        {
            Add(text, entry.Key, revision, SheetVersion.Of(entry.Sheet), entry.Status, entry.Reason);
            var profile = entry.Stored.Profile;
            Add(text, profile.Pivot, profile.Calendar, profile.HistoryFrom, profile.HistoryUntil);
            Add(text, entry.Independence, entry.WhyNotInBlends);
        }

        return $"history:{Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text.ToString())))}";
    }

    // A mark between values that none of them has.
    private static void Add(StringBuilder text, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{value}\u001f");
        }
    }
}
