namespace Rates.Store.Tests;

/// <summary>The contract on a real Redis server.</summary>
public sealed class RedisStoreTests(RedisFixture redis) : StoreContract, IClassFixture<RedisFixture>
{
    private protected override ValueTask<StoreRig> CreateAsync() => new(redis.PatientRig());
}
