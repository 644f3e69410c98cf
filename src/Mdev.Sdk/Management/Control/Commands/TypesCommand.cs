using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Management.Control.Commands;

/// <summary><c>types</c>: what instances can be made of.</summary>
internal sealed class TypesCommand(ControlledParent controlled) : AnsweringCommand<TypesArguments, TypeList>(ControlVerbs.Types)
{
    protected override Task<TypeList> AnswerAsync(TypesArguments arguments, CancellationToken cancel)
    {
        MdevParent parent = controlled.Parent;
        bool isMeant = controlled.IsManaged && (arguments.Parent is null || arguments.Parent == parent.Name);
        TypeInfo[] types = isMeant ? [.. parent.Types.Select(Describe)] : [];
        return Task.FromResult(new TypeList(types));
    }

    // mdevctl reads a 32-bit number, and so may whoever reads what it prints.
    private static TypeInfo Describe(MdevType type) => new(
        type.Parent.Name, type.Id, Math.Min(type.AvailableInstances, int.MaxValue), type.Parent.DeviceApi, type.PrettyName, type.Description);
}
