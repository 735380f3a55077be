using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Tries an operator's declaration of a provider: asks its source, or reads a body that the operator gives, and stores nothing.
/// </summary>
internal sealed partial class DeclarationTrial(
    DeclarationCheck check, ProviderTable table, ProviderFetch fetch, WorkerOptions options, StoreClock time)
{
    private const string NoKey = "trial";
    private const int MostFigures = 2000;
    private const int MostNamed = 100;

    // No source has rates of days before, and day arithmetic needs some room.
    private static readonly DateOnly FirstDay = new(1800, 1, 1);

    /// <summary>What it reads, or what does not fit and where.</summary>
    public async Task<DryRunAnswer> RunAsync(DryRun asked, CancellationToken cancellationToken)
    {
        var key = asked.Key is { Length: > 0 } given ? given : NoKey;
        var (provider, problems) = check.Read(key, asked.Block.GetRawText());
        if (provider is null)
        {
            return new() { Problems = problems, Worker = options.Id };
        }

        // What is declared already keeps its key while it is tried with another block.
        if (table.IsDeclared(key) && table.Find(key) is { Block.Key.Length: > 0 } known
            && provider.Block.Address == table.Base(key)!.Block.Address)
        {
            var quota = provider.Block.DailyQuota > 0 ? provider.Block.DailyQuota : known.Block.DailyQuota;
            provider = provider.With(provider.Block with { Key = known.Block.Key, DailyQuota = quota });
        }

        var today = FetchWindows.Local(time.GetUtcNow(), provider.Block);
        if (asked.Day is { } wanted && (wanted < FirstDay || wanted > today.AddYears(1)))
        {
            return new()
            {
                Problems =
                [
                    new("day", wanted.ToString("O", CultureInfo.InvariantCulture), $"is not from {FirstDay:yyyy-MM-dd} to a year from now"),
                ],
                Worker = options.Id,
            };
        }

        var day = asked.Day ?? today;
        var window = new FetchWindow(asked.Day ?? day.AddDays(-provider.Block.Lookback), day, asked.Day is null ? today : day);
        var answer = new DryRunAnswer
        {
            Requests = [.. provider.Requests(window).Take(MostNamed).Select(request => request.Path)],
            Worker = options.Id,
        };
        try
        {
            var (figures, refused, odd) = asked.Body is not null || asked.Base64 is not null
                ? Read(provider, asked, window)
                : await FetchAsync(provider, window, cancellationToken);
            return Checked(provider, answer, figures, refused, odd, window);
        }
        catch (ProviderException problem)
        {
            return answer with { Failure = SafeText.Safe(problem.Reason, SafeText.SecretsOf(provider.Block)) };
        }
    }

    private static DryRunAnswer Checked(
        RateProvider provider, DryRunAnswer answer, IReadOnlyList<Observation> figures, IReadOnlyList<RefusedObservation> refused,
        IReadOnlyList<OddRow> odd, FetchWindow window)
    {
        var verdict = IngestRules.Check(
            figures, new() { Profile = provider.Block.Profile(provider.Key), Today = window.Today, RefusedLabels = refused });
        var secrets = SafeText.SecretsOf(provider.Block);
        return answer with
        {
            Figures = [.. UnconfirmedMarks.Cleared(verdict.Accepted.Take(MostFigures))],
            Count = verdict.Accepted.Count,
            OddRows = [.. OddRowText.Safe(odd, secrets).Take(MostNamed)],
            Refused =
            [
                .. verdict.SheetReasons.Select(reason => new OddRow("all", reason)),
                .. verdict.Refused.Take(MostNamed).Select(row => new OddRow(row.Observation.ToString(), row.Reason)),
            ],
        };
    }

    private static (IReadOnlyList<Observation>, IReadOnlyList<RefusedObservation>, IReadOnlyList<OddRow>) Read(
        RateProvider provider, DryRun asked, FetchWindow window)
    {
        var request = provider.Requests(window).LastOrDefault() ?? new ProviderRequest("GET", "");
        var bytes = asked.Base64 is { } packed ? Packed(provider.Key, packed) : Bytes(provider, asked.Body!);
        var sheet = provider.Read(new(request, bytes, asked.ContentType, window.Today));
        var labelled = provider.Labels.Resolve(sheet.Observations);
        return (labelled.Figures, labelled.Refused, sheet.OddRows);
    }

    private async Task<(IReadOnlyList<Observation>, IReadOnlyList<RefusedObservation>, IReadOnlyList<OddRow>)> FetchAsync(
        RateProvider provider, FetchWindow window, CancellationToken cancellationToken)
    {
        var session = new FetchSession(retries: false, TimeSpan.Zero);
        var fetched = await fetch.RunAsync(provider, window, FetchValidators.None, null, session, cancellationToken);
        return (fetched.Observations, fetched.RefusedLabels, fetched.OddRows);
    }

    private static byte[] Packed(string key, string packed)
    {
        try
        {
            return Convert.FromBase64String(packed);
        }
        catch (FormatException wrong)
        {
            throw new ProviderException(ProviderFault.Unreadable, key, "base64 is not Base64", wrong);
        }
    }

    // A pasted text has no bytes of its own: it gets those that its declaration, or it itself, says that it has.
    private static byte[] Bytes(RateProvider provider, string text)
    {
        var named = XmlEncoding().Match(text) is { Success: true } match ? match.Groups["name"].Value : provider.Block.Read?.Charset ?? "";
        try
        {
            return (named.Length > 0 ? Encoding.GetEncoding(named) : Encoding.UTF8).GetBytes(text);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8.GetBytes(text);
        }
    }

    [GeneratedRegex(
        @"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[""'](?<name>[\w.-]{1,40})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex XmlEncoding();
}
