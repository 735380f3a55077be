using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Fetches a provider's rates of some days: sends the requests of its adapter and those that the answers lead to, and reads the answers.
/// </summary>
internal sealed class ProviderFetch(ProviderHttp http, RequestQuota quota, TimeProvider time)
{
    /// <summary>Most requests of one fetch, those that answers lead to included.</summary>
    public const int MostRequests = 200;

    /// <summary>Fetches the window; conditionally where <paramref name="stored"/> still belongs to the one request there is.</summary>
    /// <param name="provider">The provider to fetch.</param>
    /// <param name="window">The days.</param>
    /// <param name="stored">Validators of the last fetch; <see cref="FetchValidators.None"/> to ask unconditionally.</param>
    /// <param name="storedSource">The address those validators came with; null for none.</param>
    /// <param name="session">Counts requests and bytes.</param>
    /// <param name="cancellationToken">Ends the fetch.</param>
    /// <exception cref="ProviderException">An answer is missing or unusable: the fetch as a whole fails.</exception>
    public async Task<FetchedRates> RunAsync(
        RateProvider provider, FetchWindow window, FetchValidators stored, string? storedSource, FetchSession session,
        CancellationToken cancellationToken)
    {
        var pending = new Queue<ProviderRequest>(provider.Requests(window));
        session.Quota = quota.CounterOf(provider, pending.Count, session.LeavesForSchedule);
        var only = pending.Count == 1 ? pending.Peek() : null;
        var condition = only is { IsStep: false } && RequestWriter.Address(only, provider).AbsoluteUri == storedSource
            ? stored
            : FetchValidators.None;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes(window.Today.ToString("O", CultureInfo.InvariantCulture)));
        Observation[] standing = [.. provider.Standing(window)];
        List<Observation> observations = [.. standing];
        digest.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', observations)));
        ProviderResponse? last = null;
        List<ReceivedBody> received = [];
        List<(ProviderRequest Request, ParsedSheet Sheet)> sheets = [];
        for (var sent = 0; pending.TryDequeue(out var request); sent++)
        {
            if (sent == MostRequests)
            {
                throw new ProviderException(ProviderFault.Unreadable, provider.Key, $"more than {MostRequests} requests for one window");
            }

            if (sent > 0 && session.Pause > TimeSpan.Zero)
            {
                await Task.Delay(session.Pause, time, cancellationToken);
            }

            var answer = await http.SendAsync(provider, request, condition, session, cancellationToken);
            if (answer.NotModified)
            {
                return new([], [], NotModified: true, stored, storedSource);
            }

            // The address counts: adapters may read the day or the currency off it.
            digest.AppendData(Encoding.UTF8.GetBytes($"\n{request.Method} {answer.Address} {request.Body}\n"));
            if (answer.Body is not { } body)
            {
                continue;
            }

            last = answer;
            received.Add(new(request, answer, time.GetUtcNow()));
            digest.AppendData(body.Bytes.Span);
            if (!request.IsStep)
            {
                var sheet = provider.Read(body);
                sheets.Add((request, sheet));
                observations.AddRange(sheet.Observations);
            }

            foreach (var next in provider.Follow(body, window))
            {
                pending.Enqueue(next);
                only = null;
            }
        }

        var (etag, lastModified) = only is null ? (null, null) : (last?.ETag, last?.LastModified);
        var oddRows = OddRows(provider.Key, sheets, observations.Count);
        var labelled = provider.Labels.Resolve(observations);
        return new(
            labelled.Figures, labelled.Refused, NotModified: false,
            new(etag, lastModified, Convert.ToHexStringLower(digest.GetHashAndReset()), time.GetUtcNow()),
            last?.Address.AbsoluteUri)
        {
            OddRows = oddRows,
            Standing = standing,
            Received = received,
        };
    }

    /// <summary>The odd rows of all answers; where there are several answers, each row's place begins with what was asked.</summary>
    /// <exception cref="ProviderException">They are more than a fifth of all rows, or nothing else was read.</exception>
    private static List<OddRow> OddRows(string provider, List<(ProviderRequest Request, ParsedSheet Sheet)> sheets, int figures)
    {
        List<OddRow> odd =
        [
            .. from sheet in sheets
               from row in sheet.Sheet.OddRows
               select sheets.Count == 1 ? row : row with { Place = $"{sheet.Request.Path}: {row.Place}" },
        ];
        var rows = sheets.Sum(sheet => sheet.Sheet.RowCount);
        return odd.Count == 0 || (figures > 0 && !OddRow.IsTooMany(odd.Count, rows))
            ? odd
            : throw new ProviderException(
                ProviderFault.Unreadable, provider, $"{odd.Count} of {rows} rows cannot be read, the first: {odd[0]}");
    }
}
