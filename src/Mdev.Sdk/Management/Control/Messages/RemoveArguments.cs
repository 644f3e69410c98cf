using System.Text.Json.Serialization;

namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>The arguments of <c>remove</c>.</summary>
/// <param name="Uuid">The instance.</param>
/// <param name="Mode"><c>wait</c> until nobody uses it, <c>request</c> its user to let it go, or <c>force</c>.</param>
/// <param name="DeadlineSeconds">When to give up with EBUSY while it is in use; never if not given.</param>
internal sealed record RemoveArguments(
    Guid Uuid,
    [property: JsonConverter(typeof(LowerCaseConverter<RemoveMode>))] RemoveMode Mode = RemoveMode.Request,
    double? DeadlineSeconds = null);
