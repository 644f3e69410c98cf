namespace Mdev.Sdk.Hosting;

/// <summary>An instance that is made when the host starts: <c>Mdev:Parents:NAME:Devices:N</c>.</summary>
public sealed class MdevDeviceOptions
{
    /// <summary>Its UUID, in the form 8-4-4-4-12; required, as guests find their device by it.</summary>
    public string? Uuid { get; set; }

    /// <summary>Its type, as tools write it: <c>mtty-1</c>; required.</summary>
    public string? Type { get; set; }

    /// <summary>Attributes that it gets before anybody sees it, in this order.</summary>
    public IList<MdevAttributeOptions> Attributes { get; } = [];
}
