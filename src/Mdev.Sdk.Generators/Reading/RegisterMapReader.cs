using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads what a block shows of itself, after all else has been read: descriptions, fields, names of values.</summary>
internal static class RegisterMapReader
{
    /// <summary>The nested class of constants.</summary>
    public const string Offsets = nameof(Offsets);

    public static RegisterMapModel Read(BlockDraft block)
    {
        var types = new MapTypeReader(block.Cancel);
        var registers = new List<MapRegisterModel>();
        foreach (RegisterDraft draft in block.Registers)
        {
            var register = new MapRegisterModel(
                draft.Model,
                Count: 1,
                Stride: 0,
                draft.Model.IsAlias ? draft.Symbol.Name : "",
                types.Read(ValueOf(draft)),
                Documentation.SummaryOf(draft.Symbol, block.Cancel))
            {
                Condition = ConditionText.Of(draft.Attribute, draft.Model.Conditions, block.Cancel),
                Split = draft.Model.Type.Bytes > block.Bus ? draft.Model.Split : 0,
                Window = draft.Model.Window is null ? null : ReadWindow(draft.Attribute, 0, ""),
            };
            int other = draft.Model.Storage is null ? registers.FindIndex(register.Completes) : -1;
            if (other < 0)
                registers.Add(register);
            else
                registers[other] = Both(registers[other], register);
        }

        foreach (RegisterArrayDraft draft in block.Arrays)
        {
            RegisterArrayModel array = draft.Model;
            string aliasOf = array.IsAlias ? draft.Symbol.Name : "", summary = Documentation.SummaryOf(draft.Symbol, block.Cancel);
            registers.Add(new MapRegisterModel(array.Element, array.Count, array.Stride, aliasOf, types.Read(draft.Element), summary)
            {
                IsPlaced = array.IsPlaced,
                Condition = ConditionText.Of(draft.Attribute, array.Element.Conditions, block.Cancel),
                Resets = array.Resets.Distinct().Count() > 1 ? array.Resets : default,
                Index = types.ReadIndex(draft.Index),
            });
        }

        return new RegisterMapModel(
            Documentation.SummaryOf(block.Type, block.Cancel),
            registers.OrderBy(r => !r.IsPlaced).ThenBy(r => r.Register.Offset).ThenBy(r => r.Register.Order).ToEquatableArray(),
            block.Blocks.OrderBy(b => !b.IsPlaced).ThenBy(b => b.Offset).Select(b => ReadBlock(block, b)).ToEquatableArray(),
            HasOffsets(block.Type));
    }

    private static MapRegisterModel Both(MapRegisterModel one, MapRegisterModel other) => one with
    {
        Register = one.Register with
        {
            OnRead = one.Register.OnRead ?? other.Register.OnRead,
            OnWrite = one.Register.OnWrite ?? other.Register.OnWrite,
        },
        Split = one.Split | other.Split,
        Description = one.Description.Length > 0 ? one.Description : other.Description,
    };

    private static ITypeSymbol ValueOf(RegisterDraft draft) => draft.Symbol switch
    {
        // The data register of an index and data pair has the type of the array's registers.
        IPropertySymbol { Type: INamedTypeSymbol { TypeArguments: [.., var element] } } when draft.Model.Window is not null => element,
        IPropertySymbol property => property.Type,
        IMethodSymbol { ReturnsVoid: false } method => method.ReturnType,
        IMethodSymbol { Parameters: [.., var value] } => value.Type,
        _ => throw new InvalidOperationException($"{draft.Symbol} has no value."),
    };

    private static MapBlockModel ReadBlock(BlockDraft block, NestedBlockModel model)
    {
        IPropertySymbol property = block.Type.GetMembers(model.Name).OfType<IPropertySymbol>().First();
        var type = (INamedTypeSymbol)(property.Type is IArrayTypeSymbol array ? array.ElementType : property.Type);
        AttributeData attribute = property.Attribute(AttributeNames.Block)!;
        return new MapBlockModel(model, HasMap(type, block.Cancel), Documentation.SummaryOf(property, block.Cancel))
        {
            Condition = ConditionText.Of(attribute, model.Conditions, block.Cancel),
            Windows = block.BlockWindows.Where(w => w.Name == model.Name)
                .Select(w => ReadWindow(w.Attribute, w.Model.Scale, ConditionText.Of(w.Attribute, w.Model.Conditions, block.Cancel)))
                .ToEquatableArray(),
        };
    }

    // The data register of an array is a register, which has a condition itself.
    private static MapWindowModel ReadWindow(AttributeData attribute, uint scale, string condition) =>
        new(attribute.Argument(0, ""), attribute.Argument(1, 0u), scale, attribute.Named("AutoIncrement", false), condition);

    private static bool HasMap(INamedTypeSymbol type, CancellationToken cancel) => type.DeclaringSyntaxReferences.IsEmpty
        ? type.AllInterfaces.Any(i => i.Is(AttributeNames.RegisterBlockInterface))
        : TypeShell.IsJoinable(type, cancel);

    // A base class' constants would be hidden, which the compiler warns of.
    private static bool HasOffsets(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            if (at.Declares(Offsets) || (!ReferenceEquals(at, type) && at.Attribute(AttributeNames.RegisterBlock) is not null))
                return false;
        }

        return true;
    }
}
