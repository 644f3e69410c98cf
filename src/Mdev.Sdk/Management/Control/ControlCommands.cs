using Mdev.Sdk.Management.Control.Commands;

namespace Mdev.Sdk.Management.Control;

/// <summary>The commands that every host process knows, for one control socket.</summary>
internal static class ControlCommands
{
    public static IReadOnlyList<ControlCommand> Of(ControlledParent parent) =>
    [
        new ParentsCommand(parent),
        new TypesCommand(parent),
        new ListCommand(parent),
        new CreateCommand(parent),
        new RemoveCommand(parent),
        new AttributesCommand(parent),
        new SetCommand(parent),
        new EventsCommand(parent),
    ];
}
