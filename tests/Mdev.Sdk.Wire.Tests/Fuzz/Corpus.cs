using Mdev.Sdk.Wire.Tests.Conversations;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>What is mutated: what QEMU was recorded to say to a device, and a message of each command.</summary>
internal sealed class Corpus
{
    private readonly Dictionary<string, Line[]> _recorded = Conversation.Names.ToDictionary(
        name => name, name => Conversation.Load(name).Where(line => line.FromClient && line.Command != Raw.Version).ToArray());

    /// <summary>Each command and form once.</summary>
    public Line[] Messages { get; } =
        [.. WellFormed.Commands.Select(message => new Line(FromClient: true, message.Descriptors, message.Bytes)), .. Examples.Commands];

    /// <summary>What QEMU says first.</summary>
    public Line Version { get; } = new(FromClient: true, "", Raw.VersionMessage());

    /// <summary>The beginning of a conversation: QEMU's, or another client's.</summary>
    public Line VersionOf(Random random) =>
        random.Next(3) != 0 ? Version : new(FromClient: true, "", Examples.Versions[random.Next(Examples.Versions.Count)]);

    /// <summary>What was said to a device of this name, or if nobody ever did, to any.</summary>
    public Line[] For(string device, Random random) =>
        _recorded.TryGetValue(device, out Line[]? own) && random.Next(8) != 0 ? own : _recorded.Values.ElementAt(random.Next(_recorded.Count));
}
