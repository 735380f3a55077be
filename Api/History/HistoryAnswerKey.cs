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
    /// <param name="query">The query.</param>
    /// <param name="policy">The policy that it names; null for none.</param>
    /// <param name="days">First and last day, and today.</param>
    /// <param name="format">The format of the answer.</param>
    /// <param name="sources">Each requested provider, in the order of the request, with the revision of its history.</param>
    public static string Of(
        in HistoryQuery query, Policy? policy, (DateOnly From, DateOnly To, DateOnly Today) days, AnswerFormat format,
        IEnumerable<(ProviderEntry Entry, long Revision)> sources)
    {
        var text = new StringBuilder();
        Add(text, Build, query.Rates.Base, days.From.ToText(), days.To.ToText(), days.Today.ToText(), query.Group, query.IsFilled);
        Add(text, query.WithRevisions, policy?.Name, policy?.Day, format, query.Rates.Answer.NumbersAsText, query.Rates.Answer.Csv);
        foreach (var quote in query.Rates.Quotes)
        {
            Add(text, quote);
        }

        foreach (var (entry, revision) in sources)
        {
            Add(text, entry.Key, revision, SheetVersion.Of(entry.Sheet), entry.Status, entry.Reason);
            var profile = entry.Stored.Profile;
            Add(text, profile.Pivot, profile.Calendar, profile.HistoryFrom, profile.HistoryUntil);
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
