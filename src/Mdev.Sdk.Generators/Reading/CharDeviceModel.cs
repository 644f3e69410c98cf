namespace Mdev.Sdk.Generators.Reading;

/// <summary>A class with <c>[CharDevice]</c>.</summary>
/// <param name="Shell">Where the code goes.</param>
/// <param name="Name">The node's name, with its placeholders.</param>
/// <param name="Handlers">By operation; none of ioctl(2).</param>
/// <param name="Ioctls">By number.</param>
/// <param name="Broken">Whether a mistake leaves nothing sensible to call.</param>
internal sealed record CharDeviceModel(
    TypeShell Shell, string Name, EquatableArray<CharHandlerModel> Handlers, EquatableArray<CharIoctlModel> Ioctls, bool Broken);
