using System.Globalization;
using System.Text;
using Mdev.Sdk.Display.Rfb;
using Mdev.Sdk.Interop;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Options;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// Finds what cannot be meant, before anything is made: every mistake at once, each by the key that it is under. Written by
/// hand, because annotations would name a property and not the key of the third device of the second parent.
/// </summary>
internal sealed class MdevOptionsValidator : IValidateOptions<MdevOptions>
{
    private static readonly TimeSpan s_longestDeadline = TimeSpan.FromHours(1);

    // "/", a UUID, ".control": the longest name that an instance has there.
    private static readonly int s_longestDirectory = UnixSocket.MaxPath - 45;

    public ValidateOptionsResult Validate(string? name, MdevOptions options)
    {
        var mistakes = new List<string>();
        ValidateHost(options, mistakes);

        var owners = new Dictionary<Guid, string>();
        foreach ((string parent, MdevParentOptions said) in options.Parents)
        {
            for (int i = 0; i < said.Devices.Count; i++)
                ValidateDevice(said.Devices[i], KeyOf(parent, i), owners, mistakes);
        }
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    /// <summary>The key of a parent's device.</summary>
    public static string KeyOf(string parent, int device) =>
        string.Create(CultureInfo.InvariantCulture, $"{MdevOptions.Section}:Parents:{parent}:Devices:{device}");

    private static void ValidateHost(MdevOptions options, List<string> mistakes)
    {
        if (options.RuntimeDirectory is { } directory)
        {
            int length = Encoding.UTF8.GetByteCount(directory.Length == 0 ? "" : Path.GetFullPath(directory));
            if (length == 0 || length > s_longestDirectory)
                mistakes.Add(Said("RuntimeDirectory", directory, $"a path of 1 to {s_longestDirectory} bytes, as sockets below it have 107"));
        }

        int longestPoll = (int)ServerOptions.LongestPoll.TotalMicroseconds;
        if (options.Poll < 0 || options.Poll > longestPoll)
            mistakes.Add(Said("Poll", options.Poll, $"0 to {longestPoll} microseconds"));
        if (!Enum.IsDefined(options.Tree))
            mistakes.Add(Said("Tree", options.Tree, "On, Off or Required"));
        if (!Enum.IsDefined(options.Bridge))
            mistakes.Add(Said("Bridge", options.Bridge, "Off, Fuse or Cuse"));
        if (options.RemoveDeadline < TimeSpan.Zero || options.RemoveDeadline > s_longestDeadline)
            mistakes.Add(Said("RemoveDeadline", options.RemoveDeadline, $"00:00:00 to {s_longestDeadline}"));
        if (options.SocketMode is { } mode && !SocketAccess.TryParseMode(mode, out _))
            mistakes.Add(Said("SocketMode", mode, "three or four octal digits, such as 0660"));
        if (options.Vnc is { } vnc && VncAddress.TryParse(vnc) is null)
            mistakes.Add(Said("Vnc", vnc, VncExtension.Takes));
        if (options.SocketGroup is { } group && !UnixGroup.TryFind(group, out _))
            mistakes.Add(Said("SocketGroup", group, "the name of a group of this machine"));
    }

    private static void ValidateDevice(
        MdevDeviceOptions device, string key, Dictionary<Guid, string> owners, List<string> mistakes)
    {
        if (device.Uuid is not { } text)
            mistakes.Add($"{key}:Uuid is missing; guests find their device by it.");
        else if (!UuidText.TryParseExact(text, out Guid uuid))
            mistakes.Add($"{key}:Uuid is '{text}'; it takes a UUID in the form 8-4-4-4-12.");
        else if (!owners.TryAdd(uuid, key))
            mistakes.Add($"{key}:Uuid is {uuid}, which {owners[uuid]} has already; give each device its own.");

        if (string.IsNullOrEmpty(device.Type))
            mistakes.Add($"{key}:Type is missing; it takes a type's id, as --list-types and mdevctl types show it.");

        for (int i = 0; i < device.Attributes.Count; i++)
        {
            string attribute = string.Create(CultureInfo.InvariantCulture, $"{key}:Attributes:{i}");
            if (string.IsNullOrEmpty(device.Attributes[i].Name))
                mistakes.Add($"{attribute}:Name is missing.");
            if (device.Attributes[i].Value is null)
                mistakes.Add($"{attribute}:Value is missing; an empty text is a value.");
        }
    }

    private static string Said(string key, object value, string takes) =>
        string.Create(CultureInfo.InvariantCulture, $"{MdevOptions.Section}:{key} is '{value}'; it takes {takes}.");
}
