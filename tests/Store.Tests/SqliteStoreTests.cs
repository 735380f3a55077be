namespace Rates.Store.Tests;

/// <summary>The contract on the embedded engine.</summary>
public sealed class SqliteStoreTests : StoreContract
{
    private protected override ValueTask<StoreRig> CreateAsync() => new(new SqliteRig());
}
