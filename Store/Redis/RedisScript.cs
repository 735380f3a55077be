namespace Rates.Store;

/// <summary>
/// Loads and runs the Lua scripts beside this file on Redis, each behind the code that they share. Redis runs a script as one step: no
/// other command runs between its first and its last. The client sends its digest, and the text where the server has forgotten it.
/// </summary>
internal static class RedisScript
{
    private static readonly string Shared = Resource("rates.lua");

    /// <summary>See <c>claim.lua</c>.</summary>
    public static string Claim { get; } = Load("claim.lua");

    /// <summary>See <c>publish.lua</c>.</summary>
    public static string Publish { get; } = Load("publish.lua");

    /// <summary>See <c>finish.lua</c>.</summary>
    public static string Finish { get; } = Load("finish.lua");

    /// <summary>See <c>quota.lua</c>.</summary>
    public static string Quota { get; } = Load("quota.lua");

    /// <summary>See <c>provider.lua</c>.</summary>
    public static string Provider { get; } = Load("provider.lua");

    /// <summary>See <c>schedule.lua</c>.</summary>
    public static string Schedule { get; } = Load("schedule.lua");

    /// <summary>See <c>history.lua</c>.</summary>
    public static string History { get; } = Load("history.lua");

    /// <summary>See <c>beat.lua</c>.</summary>
    public static string Beat { get; } = Load("beat.lua");

    /// <summary>See <c>document.lua</c>.</summary>
    public static string Document { get; } = Load("document.lua");

    /// <summary>See <c>restore.lua</c>.</summary>
    public static string Restore { get; } = Load("restore.lua");

    private static string Load(string name) => Shared + Resource(name);

    private static string Resource(string name)
    {
        using var text = new StreamReader(typeof(RedisScript).Assembly.GetManifestResourceStream(name)!);
        return text.ReadToEnd();
    }
}
