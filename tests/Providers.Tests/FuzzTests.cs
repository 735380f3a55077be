using System.Diagnostics;
using System.Globalization;
using Rates.Core;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>Thousands of damaged bodies: each is read or refused, in time, and no nonsense is accepted.</summary>
/// <remarks>
/// The sequence is the same every time; how far it is followed is a matter of time: <c>RATES_FUZZ_SECONDS</c>, 10 unless said.
/// A failure names document and round, and fails again in the same place.
/// </remarks>
[Collection(Alone.Name)]
public sealed class FuzzTests
{
    private const int Largest = 100_000;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(
        int.Parse(
            Environment.GetEnvironmentVariable("RATES_FUZZ_SECONDS") is { Length: > 0 } seconds ? seconds : "10",
            CultureInfo.InvariantCulture));

    [Fact]
    public async Task A_damaged_body_is_read_or_refused_in_time_and_no_nonsense_is_accepted()
    {
        var documents = OwnDocument.AndRecorded().Where(document => document.Body.Bytes.Length is > 0 and < Largest)
            .OrderBy(document => document.ToString(), StringComparer.Ordinal).ToList();
        List<string> problems = [];
        var (rounds, current) = (0, "");
        void Fuzz()
        {
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < Budget && problems.Count < 20; rounds++)
            {
                foreach (var document in documents.TakeWhile(_ => clock.Elapsed < Budget))
                {
                    current = $"{document}, round {rounds}";
                    problems.AddRange(Try(document, rounds).Select(problem => $"{current}: {problem}"));
                }
            }
        }

        try
        {
            await Task.Run(Fuzz, TestContext.Current.CancellationToken)
                .WaitAsync(Budget + Eventually.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{current} does not end");
        }

        Assert.True(rounds > 0, "not one document was tried");
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(20)));
    }

    private static IEnumerable<string> Try(OwnDocument document, int round)
    {
        var body = Mutations.Apply(document, new Random(StableHash(document.ToString()) + round));
        IReadOnlyList<Observation> read = [];
        try
        {
            var took = ProcessorTime.Of(() => read = document.With(body) ?? [], Slow);
            string[] slow = took > Slow ? [$"took {took.TotalMilliseconds:0} ms of processor time"] : [];
            return [.. slow, .. Nonsense(document, read)];
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            var frame = problem.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Rates.", StringComparison.Ordinal));
            return [$"{problem.GetType().Name}: {problem.Message} {frame?.Trim()}"];
        }
    }

    private static IEnumerable<string> Nonsense(OwnDocument document, IReadOnlyList<Observation> read)
    {
        foreach (var figure in read.Where(figure => figure.AsOf.Year is < 1900 or > 2200 || figure.Pair.Base.IsNone
            || figure.Pair.Quote.IsNone || !Enum.IsDefined(figure.Kind)).Take(1))
        {
            yield return $"accepted {figure}";
        }

        var verdict = IngestRules.Check(
            read, new IngestContext { Profile = document.Provider.Block.Profile(document.Provider.Key), Today = document.Body.Today });
        foreach (var figure in verdict.Accepted.Where(figure => figure.Rate <= 0 || figure.AsOf > document.Body.Today.AddDays(7)).Take(1))
        {
            yield return $"would store {figure}";
        }
    }

    // string.GetHashCode differs from run to run.
    private static int StableHash(string text) => text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character));
}
