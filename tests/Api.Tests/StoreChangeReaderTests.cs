using Microsoft.Extensions.Logging.Abstractions;
using Rates.Core;
using Rates.Store;
using Rates.Testing;

namespace Rates.Api.Tests;

public sealed class StoreChangeReaderTests
{
    [Fact]
    public async Task Sheets_that_are_due_are_asked_for_together()
    {
        var store = Sample.Store();
        var index = await store.ReadIndexAsync(TestContext.Current.CancellationToken);
        var together = new AnswersTogether(store, index.Sheets.Count);
        var entries = new Dictionary<string, ProviderEntry>();

        // Asked for one after another, the first would wait for the last without end.
        await new StoreChangeReader(together, store, NullLogger.Instance)
            .ReadAsync(index, entries, Sample.Now, TestContext.Current.CancellationToken)
            .WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);

        Assert.True(index.Sheets.Count > 1);
        Assert.All(index.Sheets.Keys, provider => Assert.Equal(provider, entries[provider].Sheet?.Provider));
    }

    [Fact]
    public async Task What_was_read_before_a_sheet_that_cannot_be_read_stays()
    {
        var store = Sample.Store();
        var index = await store.ReadIndexAsync(TestContext.Current.CancellationToken);
        var last = index.Sheets.Keys.Last();
        var entries = new Dictionary<string, ProviderEntry>();

        var reader = new StoreChangeReader(new Without(store, last), store, NullLogger.Instance);
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => reader.ReadAsync(index, entries, Sample.Now, TestContext.Current.CancellationToken));

        Assert.Null(entries[last].Sheet);
        Assert.All(index.Sheets.Keys.Where(provider => provider != last), provider => Assert.NotNull(entries[provider].Sheet));
    }

    /// <summary>Answers no sheet before a number of them was asked for.</summary>
    private sealed class AnswersTogether(ISheetReader store, int count) : ISheetReader
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;

        public Task<RateIndex> ReadIndexAsync(CancellationToken cancellationToken) => store.ReadIndexAsync(cancellationToken);

        public async Task<RateSheet?> ReadSheetAsync(string provider, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _asked) == count)
            {
                _all.SetResult();
            }

            await _all.Task.WaitAsync(cancellationToken);
            return await store.ReadSheetAsync(provider, cancellationToken);
        }

        public Task<IAsyncDisposable> WatchAsync(Action<string> notify, CancellationToken cancellationToken) =>
            store.WatchAsync(notify, cancellationToken);
    }

    /// <summary>Is lost when the sheet of one provider is asked for.</summary>
    private sealed class Without(ISheetReader store, string lost) : ISheetReader
    {
        public Task<RateIndex> ReadIndexAsync(CancellationToken cancellationToken) => store.ReadIndexAsync(cancellationToken);

        public Task<RateSheet?> ReadSheetAsync(string provider, CancellationToken cancellationToken) => provider == lost
            ? Task.FromException<RateSheet?>(new StoreUnavailableException("lost", null))
            : store.ReadSheetAsync(provider, cancellationToken);

        public Task<IAsyncDisposable> WatchAsync(Action<string> notify, CancellationToken cancellationToken) =>
            store.WatchAsync(notify, cancellationToken);
    }
}
