using System.IO.Hashing;

namespace Rates.Api.Tests;

public sealed class EntityTagsTests
{
    // Keys with that distance have the same places.
    private const ulong SamePlaces = 65_536 / 4;

    private readonly EntityTags _tags = new();

    [Fact]
    public void A_tag_is_the_digest_of_the_bytes_under_every_key()
    {
        byte[] one = [1], two = [2];
        const ulong key = 0x5A17_0000_0000_0001;

        Assert.Equal(TagOf(one), _tags.Of(one));
        Assert.Null(_tags.Find(key));
        Assert.Equal(TagOf(one), _tags.Of(one, key, sent: null));
        Assert.Same(_tags.Find(key), _tags.Of(one, key, _tags.Find(key)));

        // What was sent under the key was of other bytes.
        Assert.Equal(TagOf(two), _tags.Of(two, key, _tags.Find(key)));
        Assert.Equal(TagOf(two), _tags.Find(key));
        Assert.Equal(TagOf(one), _tags.Of(one));
    }

    [Fact]
    public void Four_keys_with_the_same_places_keep_their_tags_and_a_fifth_takes_one()
    {
        var keys = Enumerable.Range(0, 5).Select(number => 0x5A17_0000_0000_0002 + ((ulong)number * SamePlaces)).ToArray();
        foreach (var key in keys[..4])
        {
            _tags.Of(BitConverter.GetBytes(key), key, sent: null);
        }

        Assert.All(keys[..4], key => Assert.Equal(TagOf(BitConverter.GetBytes(key)), _tags.Find(key)));

        _tags.Of(BitConverter.GetBytes(keys[4]), keys[4], sent: null);
        Assert.Equal(TagOf(BitConverter.GetBytes(keys[4])), _tags.Find(keys[4]));
        Assert.Equal(4, keys.Count(key => _tags.Find(key) is not null));
    }

    [Fact]
    public void Threads_that_take_each_others_places_never_get_a_tag_of_other_bytes()
    {
        Parallel.For(0, 200_000, round =>
        {
            var key = 0x5A17_0000_0000_0003 + ((ulong)(round % 9) * SamePlaces);
            var body = BitConverter.GetBytes(round % 11);

            Assert.Equal(TagOf(body), _tags.Of(body, key, _tags.Find(key)));
        });
    }

    private static string TagOf(byte[] body) => $"\"{XxHash3.HashToUInt64(body):x16}\"";
}
