using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Rates.Api;

/// <summary>
/// Limits how many requests a caller may send per minute, and how many wrong credentials may be tried for one user and from one address.
/// </summary>
internal sealed class AccessLimits : IDisposable
{
    // Five guesses in a row for one user, twenty from one address, then one every twelve or three seconds.
    private const int GuessesPerUser = 5;
    private const int GuessesPerAddress = 20;

    // Each of the framework's limiters wakes ten times a second from the moment it is made, so each is made by its first use: a
    // service that limits nobody and is guessed at by nobody pays nothing.
    private readonly Lazy<PartitionedRateLimiter<(string Who, int PerMinute)>> _requests = new(static () =>
        PartitionedRateLimiter.Create<(string Who, int PerMinute), (string, int)>(one =>
            RateLimitPartition.GetTokenBucketLimiter(one, static one => Bucket(one.Item2))));

    private readonly Lazy<PartitionedRateLimiter<string>> _users = new(static () => Guesses(GuessesPerUser));
    private readonly Lazy<PartitionedRateLimiter<string>> _addresses = new(static () => Guesses(GuessesPerAddress));

    private readonly int _anonymous;

    public AccessLimits(IOptions<AccessOptions> options) => _anonymous = options.Value.RequestsPerMinute;

    /// <summary>Whether requests without credentials are counted.</summary>
    public bool CountsAnonymous => _anonymous > 0;

    /// <summary>Counts a request from an address without credentials.</summary>
    /// <exception cref="ProblemException">429: too many.</exception>
    public void CountAnonymous(HttpContext context, string address) => Count(context, address, _anonymous);

    /// <summary>Counts a request of a key.</summary>
    /// <exception cref="ProblemException">429: too many.</exception>
    public void Count(HttpContext context, string who, int perMinute)
    {
        using var lease = _requests.Value.AttemptAcquire((who, perMinute));
        if (!lease.IsAcquired)
        {
            throw TooMany(context, perMinute, $"{perMinute} requests a minute are answered to {who}");
        }
    }

    /// <summary>Checks that credentials may still be tried: few have failed lately for that user and address.</summary>
    /// <exception cref="ProblemException">429: too many have failed from that address or for that user.</exception>
    /// <param name="context">The request.</param>
    /// <param name="user">The user's name; null for an API key.</param>
    /// <param name="address">Where the request came from.</param>
    public void CheckGuess(HttpContext context, string? user, string address)
    {
        // A lease of no permits is given for the smallest part of one: a whole one must be left.
        if ((user is not null && IsUsedUp(_users, user)) || IsUsedUp(_addresses, address))
        {
            throw TooMany(context, GuessesPerUser, "Too many wrong credentials were sent; wait and try again");
        }
    }

    /// <summary>Counts credentials that were wrong.</summary>
    /// <param name="user">The user's name; null for an API key.</param>
    /// <param name="address">Where the request came from.</param>
    public void CountWrong(string? user, string address)
    {
        if (user is not null)
        {
            _users.Value.AttemptAcquire(user).Dispose();
        }

        _addresses.Value.AttemptAcquire(address).Dispose();
    }

    public void Dispose()
    {
        DisposeMade(_requests);
        DisposeMade(_users);
        DisposeMade(_addresses);
    }

    private static void DisposeMade<T>(Lazy<PartitionedRateLimiter<T>> limiter)
    {
        if (limiter.IsValueCreated)
        {
            limiter.Value.Dispose();
        }
    }

    private static bool IsUsedUp(Lazy<PartitionedRateLimiter<string>> limiter, string who) =>
        limiter.IsValueCreated && limiter.Value.GetStatistics(who)?.CurrentAvailablePermits < 1;

    private static PartitionedRateLimiter<string> Guesses(int perMinute) => PartitionedRateLimiter.Create<string, string>(
        who => RateLimitPartition.GetTokenBucketLimiter(who, _ => Bucket(perMinute)));

    private static TokenBucketRateLimiterOptions Bucket(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
        QueueLimit = 0,
    };

    private static ProblemException TooMany(HttpContext context, int perMinute, string why)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, 60 / perMinute).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new(StatusCodes.Status429TooManyRequests, why);
    }
}
