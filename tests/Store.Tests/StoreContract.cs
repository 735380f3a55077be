using Rates.Core;

namespace Rates.Store.Tests;

/// <summary>What every engine promises. Each engine's class inherits the whole of it.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private const string Ecb = "ecb";

    // A lease that nobody waits for, and one that a test can.
    private static readonly ClaimTerms Terms = new("worker-1", TimeSpan.FromSeconds(25), TimeSpan.Zero, 3);
    private static readonly ClaimTerms Brief = Terms with { Lease = TimeSpan.FromMilliseconds(200) };
    private static readonly FinishedFetch Unchanged = new(SlotDone: true, Failed: false, null, null, null, null);
    private static readonly FinishedFetch GivenUp = Unchanged with { Failed = true };

    private DateTimeOffset _slot;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    private protected StoreRig Rig { get; private set; } = null!;

    private IRateStore Store => Rig.Store;

    public async ValueTask InitializeAsync() => Rig = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (Rig is not null)
        {
            await Rig.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected abstract ValueTask<StoreRig> CreateAsync();

    /// <summary>After every slot given out before: two of one millisecond are one slot.</summary>
    private DateTimeOffset NextSlot()
    {
        var now = Now;
        return _slot = now > _slot ? now : _slot.AddMilliseconds(1);
    }

    private static Task PassAsync(TimeSpan span) => Task.Delay(span, TimeProvider.System, Token);

    private async Task<Claim> GrantedAsync(string provider, DateTimeOffset? slot = null)
    {
        var claim = await Store.ClaimAsync(provider, slot ?? NextSlot(), Terms, Token);
        Assert.Equal(ClaimVerdict.Granted, claim.Verdict);
        return claim;
    }

    private async Task<PublishResult> PublishedAsync(RateSheet sheet, DateTimeOffset? slot = null)
    {
        var result = await Store.PublishAsync(await GrantedAsync(sheet.Provider, slot), sheet, FetchValidators.None, Token);
        Assert.True(result.Accepted);
        return result;
    }

    /// <summary>The state without the instant at which it was read, so that two readings are equal when nothing changed.</summary>
    private async Task<FetchState> FetchStateAsync(string provider, CancellationToken cancellationToken)
    {
        var state = await Store.ReadFetchAsync(provider, cancellationToken);
        Assert.InRange(state.Now, Now.AddMinutes(-5), Now.AddMinutes(5));
        return state with { Now = default };
    }
}
