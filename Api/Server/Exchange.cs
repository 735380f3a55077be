using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Rates.Api;

/// <summary>
/// What sending an answer needs of one HTTP request: its headers, and where the answer goes. Made of an <see cref="HttpContext"/>, or of
/// the server's own features where <see cref="RatesFront"/> answers before there is one.
/// </summary>
internal readonly struct Exchange
{
    private readonly HttpResponse? _response;
    private readonly IHttpResponseFeature? _feature;
    private readonly IHttpResponseBodyFeature? _body;

    /// <summary>That of a request with a context.</summary>
    public Exchange(HttpContext context)
    {
        _response = context.Response;
        Method = context.Request.Method;
        Request = context.Request.Headers;
        Response = _response.Headers;
    }

    /// <summary>
    /// That of a request which the server has read and nobody else has seen, and which does not want its answer only if that is unchanged.
    /// </summary>
    public Exchange(IHttpRequestFeature request, IHttpResponseFeature response, IHttpResponseBodyFeature body)
    {
        (_feature, _body) = (response, body);
        Method = request.Method;
        Request = request.Headers;
        Response = response.Headers;
    }

    /// <summary>The method, such as <c>GET</c>.</summary>
    public string Method { get; }

    /// <summary>The headers of the request.</summary>
    public IHeaderDictionary Request { get; }

    /// <summary>Whether it wants its answer only if that is still the one which the client has.</summary>
    public bool WantsUnchanged => _response is not null && Preconditions.WantsUnchanged(Request);

    /// <summary>The headers of the answer.</summary>
    public IHeaderDictionary Response { get; }

    /// <summary>Takes the bytes of the answer, after its headers are set.</summary>
    public PipeWriter Body => _body is { } body ? body.Writer : _response!.BodyWriter;

    /// <summary>Sets the status of the answer, which is 200 otherwise.</summary>
    public void SetStatus(int status)
    {
        if (_feature is { } feature)
        {
            feature.StatusCode = status;
        }
        else
        {
            _response!.StatusCode = status;
        }
    }
}
