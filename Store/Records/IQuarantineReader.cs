namespace Rates.Store;

/// <summary>Reads the publications whose rates were refused (the quarantine).</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IQuarantineReader
{
    /// <summary>The provider's refused sheets, newest first.</summary>
    Task<IReadOnlyList<QuarantinedSheet>> ReadQuarantineAsync(string provider, CancellationToken cancellationToken);

    /// <summary>Number of refused sheets of each of <paramref name="providers"/>, in their order.</summary>
    Task<IReadOnlyList<int>> CountQuarantineAsync(IReadOnlyList<string> providers, CancellationToken cancellationToken);
}
