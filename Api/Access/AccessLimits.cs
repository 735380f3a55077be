using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Rates.Api;

/// <summary>How often may be asked, and how often may be guessed.</summary>
internal sealed class AccessLimits : IDisposable
{
    // Five guesses at once for one user, twenty from one address, then one every twelve or three seconds.
    private const int GuessesPerUser = 5;
    private const int GuessesPerAddress = 20;

    private readonly PartitionedRateLimiter<(string Who, int PerMinute)> _requests =
        PartitionedRateLimiter.Create<(string Who, int PerMinute), (string, int)>(one =>
            RateLimitPartition.GetTokenBucketLimiter(one, static one => Bucket(one.Item2)));

    private readonly PartitionedRateLimiter<string> _users = PartitionedRateLimiter.Create<string, string>(
        user => RateLimitPartition.GetTokenBucketLimiter(user, static _ => Bucket(GuessesPerUser)));

    private readonly PartitionedRateLimiter<string> _addresses = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetTokenBucketLimiter(address, static _ => Bucket(GuessesPerAddress)));

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
        using var lease = _requests.AttemptAcquire((who, perMinute));
        if (!lease.IsAcquired)
        {
            throw TooMany(context, perMinute, $"{perMinute} requests a minute are answered to {who}");
        }
    }

    /// <summary>Lets a guess be tried while few have failed lately.</summary>
    /// <exception cref="ProblemException">429: too many have failed from that address or for that user.</exception>
    public void CheckGuess(HttpContext context, string user, string address)
    {
        // A lease of no permits is given for the smallest part of one: a whole one must be left.
        if (_users.GetStatistics(user)?.CurrentAvailablePermits < 1 || _addresses.GetStatistics(address)?.CurrentAvailablePermits < 1)
        {
            throw TooMany(context, GuessesPerUser, "Too many wrong credentials were sent; wait and try again");
        }
    }

    /// <summary>Counts a wrong guess.</summary>
    public void CountWrong(string user, string address)
    {
        _users.AttemptAcquire(user).Dispose();
        _addresses.AttemptAcquire(address).Dispose();
    }

    public void Dispose()
    {
        _requests.Dispose();
        _users.Dispose();
        _addresses.Dispose();
    }

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
