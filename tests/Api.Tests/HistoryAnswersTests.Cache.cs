using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace Rates.Api.Tests;

public sealed partial class HistoryAnswersTests
{
    /// <summary>A cache in memory that counts, and that fails or never answers when it is told to.</summary>
    private sealed class CountingCache : IDistributedCache
    {
        private readonly ConcurrentDictionary<string, byte[]> _values = new();
        private int _gets;
        private int _hits;
        private int _sets;

        public bool Fails { get; set; }

        public bool Hangs { get; set; }

        public int Gets => _gets;

        public int Hits => _hits;

        public int Sets => _sets;

        public void Cut(int length)
        {
            foreach (var (key, value) in _values)
            {
                Assert.True(value.Length > length);
                _values[key] = value[..length];
            }
        }

        public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            Interlocked.Increment(ref _gets);
            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }

            if (Fails)
            {
                throw new InvalidOperationException("no cache");
            }

            var value = _values.GetValueOrDefault(key);
            Interlocked.Add(ref _hits, value is null ? 0 : 1);
            return value;
        }

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Assert.InRange(options.AbsoluteExpirationRelativeToNow!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
            _values[key] = value;
            Interlocked.Increment(ref _sets);
            return Fails ? Task.FromException(new InvalidOperationException("no cache")) : Task.CompletedTask;
        }

        public byte[]? Get(string key) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public void Refresh(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();
    }
}
