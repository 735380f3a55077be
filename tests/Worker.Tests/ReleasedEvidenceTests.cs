using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Figures that an operator released are proved by the bytes that they were read from, like any others.</summary>
public sealed class ReleasedEvidenceTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:05:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _upstream.DisposeAsync();

    [Fact]
    public async Task A_released_sheet_has_the_evidence_of_the_fetch_that_was_refused()
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"]);
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        await worker.AlarmAsync("ecb");
        var before = (await worker.SheetAsync("ecb"))!.Version;
        _time.Advance(TimeSpan.FromDays(3));
        var doubled = EcbDocument.Of(Day.AddDays(3), 2m);
        _upstream["ecb"].Serve(doubled);
        await worker.AlarmAsync("ecb");
        var refused = Assert.Single(await worker.Store.Calls.ReadQuarantineAsync("ecb", Token));
        var evidence = worker.Get<IEvidence>();
        var fetchedAt = (await evidence.ReadRefusedAsync("ecb", refused.Id, Token))!.FetchedAt;
        _time.Advance(TimeSpan.FromMinutes(2));

        var (isDone, message) = await worker.Get<CommandActions>().RunAsync(
            "aa",
            new()
            {
                Kind = CommandKind.Release, Provider = "ecb", By = "test", CreatedAt = _time.GetUtcNow(), Entry = refused.Id,
                Reason = "a devaluation",
            },
            _ => { }, Token);

        Assert.True(isDone, message);
        var version = (await worker.SheetAsync("ecb"))!.Version;
        Assert.True(version > before);
        var proof = (await evidence.ReadAsync("ecb", version, Token))!;
        Assert.Equal((fetchedAt, Day.AddDays(3)), (proof.FetchedAt, proof.To));
        var bytes = await evidence.ReadBodyAsync(Assert.Single(proof.Bodies).Digest, Token);
        Assert.Equal(doubled.Body, bytes!.Value.ToArray());
    }
}
