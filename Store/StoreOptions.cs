namespace Rates.Store;

/// <summary>Where rates are kept. Settings of the section <c>Rates</c>: <c>Rates:Redis</c>, <c>Rates:Prefix</c>, <c>Rates:DataFolder</c>.</summary>
public sealed class StoreOptions
{
    /// <summary>
    /// StackExchange.Redis configuration, such as <c>127.0.0.1:6379</c>; empty for the embedded store in
    /// <see cref="DataFolder"/>.
    /// </summary>
    public string Redis { get; set; } = "";

    /// <summary>First part of every key; letters, digits, dash and underscore. Default <c>rates</c>.</summary>
    public string Prefix { get; set; } = "rates";

    /// <summary>Folder of the embedded store, created when absent.</summary>
    public string DataFolder { get; set; } = "data";
}
